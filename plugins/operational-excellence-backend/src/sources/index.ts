export * from './SourceCollection';
export * from './SourceQueries';
export * from './SourceRegistry';
