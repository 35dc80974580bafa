export * from './createSource';
export * from './GitlabDriver';
export * from './readings';
