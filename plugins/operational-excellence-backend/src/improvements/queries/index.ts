export * from './ImprovementQueries';
