export * from './github';
export * from './jira';
export * from './gitlab';
export * from './redmine';
