export * from './applyMigrations';
