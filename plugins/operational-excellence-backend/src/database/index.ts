export * from './applyMigrations';
export * from './keyset';
export * from './sql';
export * from './sqlPart';
export * from './values';
