export * from './PrintedTest';
