export * from './createEnvironments';
export * from './Environments';
