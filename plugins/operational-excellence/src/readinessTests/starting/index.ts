export * from './RunServiceTestButton';
export * from './RunTestButton';
