export * from './backlog';
export * from './clearance';
export * from './improvementShare';
export * from './starvation';
