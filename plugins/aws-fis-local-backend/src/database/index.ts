export * from './applyMigrations';
export * from './ids';
export * from './pages';
export * from './Scope';
