export * from './createImprovements';
export * from './Improvements';
