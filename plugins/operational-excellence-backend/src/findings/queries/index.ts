export * from './FindingQueries';
