export * from './TimeQueries';
