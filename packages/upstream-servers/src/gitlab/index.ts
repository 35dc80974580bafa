export { GitlabServer } from './GitlabServer';
export type { GitlabServerOptions, NewIssue } from './GitlabServer';
export type { BulkIssues, GitlabIssue, GitlabProject, Role } from './records';
