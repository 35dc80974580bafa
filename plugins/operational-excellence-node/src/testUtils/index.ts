export * from './contracts';
export * from './fakes';
export * from './faults';
export * from './upstream';
