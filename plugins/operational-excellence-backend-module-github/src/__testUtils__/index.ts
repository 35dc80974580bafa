export * from './appKey';
export * from './createSource';
export * from './Emulate';
export * from './EmulateDriver';
export * from './issueEvent';
export * from './IssueServer';
export * from './readings';
