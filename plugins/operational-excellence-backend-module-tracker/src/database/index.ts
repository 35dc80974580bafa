export * from './applyTrackerMigrations';
