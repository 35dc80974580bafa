export * from './createSource';
export * from './readings';
export * from './RedmineDriver';
