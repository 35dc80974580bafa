export * from './applyMigrations';
export * from './sql';
export * from './values';
