export * from './hostRule';
export * from './namedScopes';
export * from './names';
export * from './ScopeName';
export * from './suggestProject';
