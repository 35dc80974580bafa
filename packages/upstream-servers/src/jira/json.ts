import {
  CATEGORY_NAMES,
  ISSUE_TYPES,
  JiraHistory,
  JiraIssue,
  JiraProject,
  JiraStatus,
  PRIORITIES,
  STATUSES,
  statusOf,
} from './model';

/** How the answers of a deployment differ. */
export interface JsonContext {
  /** The address of the REST API, such as `https://acme.example/rest/api/3`. */
  api: string;
  isCloud: boolean;
}

const CATEGORY_IDS = { new: 2, indeterminate: 4, done: 3 };

/** Jira writes `2024-05-06T07:08:09.010+0000`. */
export function dateText(instant: number): string {
  return new Date(instant).toISOString().replace('Z', '+0000');
}

export function statusJson(status: JiraStatus, { api }: JsonContext) {
  return {
    self: `${api}/status/${status.id}`,
    description: '',
    iconUrl: `${api}/images/icons/statuses/generic.png`,
    name: status.name,
    id: status.id,
    statusCategory: {
      self: `${api}/statuscategory/${CATEGORY_IDS[status.category]}`,
      id: CATEGORY_IDS[status.category],
      key: status.category,
      colorName: status.category === 'done' ? 'green' : 'blue-gray',
      name: CATEGORY_NAMES[status.category],
    },
  };
}

export function statusesJson(context: JsonContext) {
  return STATUSES.map(status => statusJson(status, context));
}

export function userJson(name: string, { api, isCloud }: JsonContext) {
  const common = {
    self: `${api}/user?name=${name}`,
    emailAddress: `${name}@acme.example`,
    displayName: `User ${name}`,
    active: true,
    timeZone: 'America/Bogota',
  };
  return isCloud
    ? { ...common, accountId: `5b10:${name}`, accountType: 'atlassian' }
    : { ...common, name, key: `JIRAUSER-${name}`, locale: 'en_UK' };
}

export function projectJson(
  project: JiraProject,
  { api, isCloud }: JsonContext,
) {
  return {
    expand: 'description,lead',
    self: `${api}/project/${project.id}`,
    id: project.id,
    key: project.key,
    name: project.name,
    projectTypeKey: 'software',
    ...(isCloud
      ? { simplified: false, style: 'classic', isPrivate: false }
      : { archived: project.archived }),
  };
}

export function componentJson(name: string, index: number) {
  return { id: String(30_000 + index), name, description: '' };
}

export function historyJson(history: JiraHistory, context: JsonContext) {
  return {
    id: String(history.id),
    author: userJson('maria', context),
    created: dateText(history.at),
    items: history.items.map(item => ({ ...item, fieldtype: 'jira' })),
  };
}

/** An issue with the fields asked for; all of them for `undefined`. */
export function issueJson(
  issue: JiraIssue,
  fields: readonly string[] | undefined,
  context: JsonContext & { project: JiraProject | undefined },
) {
  const { api, isCloud, project } = context;
  const all: Record<string, unknown> = {
    summary: issue.summary,
    description: issue.description,
    issuetype: {
      self: `${api}/issuetype/1`,
      id: ISSUE_TYPES.find(({ name }) => name === issue.issueType)?.id ?? '1',
      name: issue.issueType,
      subtask: false,
      hierarchyLevel: 0,
    },
    project: project && projectJson(project, context),
    status: statusJson(statusOf(issue.statusId), context),
    labels: issue.labels,
    components: issue.components.map(componentJson),
    priority: {
      self: `${api}/priority/1`,
      id: String(PRIORITIES.indexOf(issue.priority) + 1),
      name: issue.priority,
    },
    assignee:
      issue.assignee === null ? null : userJson(issue.assignee, context),
    reporter: userJson('maria', context),
    created: dateText(issue.created),
    updated: dateText(issue.updated),
    resolutiondate: issue.resolved === null ? null : dateText(issue.resolved),
    resolution: issue.resolved === null ? null : { id: '1', name: 'Done' },
    ...(isCloud && { statuscategorychangedate: dateText(issue.statusChanged) }),
    watches: { self: `${api}/issue/${issue.key}/watchers`, watchCount: 1 },
    ...issue.custom,
  };
  const shown = withFields(all, fields);
  return {
    expand: 'operations,versionedRepresentations,editmeta,changelog',
    id: String(issue.id),
    self: `${api}/issue/${issue.id}`,
    key: issue.key,
    ...(shown && { fields: shown }),
  };
}

function withFields(
  all: Record<string, unknown>,
  fields: readonly string[] | undefined,
) {
  if (!fields || fields.some(name => ['*all', '*navigable'].includes(name))) {
    return all;
  }
  const wanted = Object.entries(all).filter(([name]) => fields.includes(name));
  return wanted.length ? Object.fromEntries(wanted) : undefined;
}
