export * from './RollupQueries';
