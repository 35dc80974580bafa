export * from './backlog';
export * from './clearance';
