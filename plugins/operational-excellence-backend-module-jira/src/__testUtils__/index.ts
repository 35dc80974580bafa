export * from './createSource';
export * from './credentials';
export * from './JiraDriver';
export * from './readings';
