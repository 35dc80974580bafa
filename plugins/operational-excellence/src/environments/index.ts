export * from './Environments';
export * from './ServiceEnvironments';
