export * from './RollupFolder';
export * from './RollupQueries';
