export * from './attention';
export * from './Overview';
export * from './StateBar';
export * from './ViewLink';
