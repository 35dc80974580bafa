export { JiraServer } from './JiraServer';
export type { JiraServerOptions } from './options';
export type { JiraCreateField, JiraIssue, NewJiraIssue } from './model';
