export * from './ServiceQueries';
