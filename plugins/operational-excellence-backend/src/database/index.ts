export * from './applyMigrations';
export * from './keyset';
export * from './queryPrepared';
export * from './sql';
export * from './sqlPart';
export * from './values';
