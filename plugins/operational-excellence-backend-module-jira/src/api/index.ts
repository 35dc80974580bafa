export * from './CloudApi';
export * from './DataCenterApi';
export * from './explain';
export * from './JiraApi';
export * from './JiraHttp';
export * from './jql';
export * from './position';
export { retryAt } from './rateLimits';
export type {
  JiraHistory,
  JiraIssue,
  JiraProject,
  JiraStatus,
} from './schemas';
