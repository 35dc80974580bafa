export * from './contracts';
export * from './fakes';
export * from './upstream';
