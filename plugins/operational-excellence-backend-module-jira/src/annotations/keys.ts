/** The annotations of Roadie's Jira plugin. */
export const ANNOTATION_PROJECT_KEY = 'jira/project-key';
export const ANNOTATION_COMPONENT = 'jira/component';
export const ANNOTATION_LABEL = 'jira/label';

/** The annotations of the Jira dashboard by Axis. */
export const ANNOTATION_DASHBOARD_PROJECT_KEY = 'jira.com/project-key';
export const ANNOTATION_DASHBOARD_COMPONENTS = 'jira.com/components';
export const ANNOTATION_QUERY = 'jira.com/jql';

export const ANNOTATIONS = [
  ANNOTATION_PROJECT_KEY,
  ANNOTATION_COMPONENT,
  ANNOTATION_LABEL,
  ANNOTATION_DASHBOARD_PROJECT_KEY,
  ANNOTATION_DASHBOARD_COMPONENTS,
  ANNOTATION_QUERY,
] as const;
