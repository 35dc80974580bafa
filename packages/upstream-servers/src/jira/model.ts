/** The key of a status category, as both deployments write it. */
export type StatusCategoryKey = 'new' | 'indeterminate' | 'done';

export interface JiraStatus {
  id: string;
  name: string;
  category: StatusCategoryKey;
}

/** One entry of an issue's history. */
export interface JiraHistory {
  id: number;
  at: number;
  items: {
    field: string;
    fieldId: string;
    from: string | null;
    fromString: string | null;
    to: string | null;
    toString: string | null;
  }[];
}

export interface JiraIssue {
  id: number;
  key: string;
  projectKey: string;
  summary: string;
  /** As it was sent: a document on Cloud, text on Data Center. */
  description: unknown;
  issueType: string;
  statusId: string;
  labels: string[];
  components: string[];
  priority: string;
  assignee: string | null;
  created: number;
  updated: number;
  statusChanged: number;
  resolved: number | null;
  /** Whether a security level hides it from the API user. */
  hidden: boolean;
  /** The values of custom fields, by field id. */
  custom: Record<string, unknown>;
  histories: JiraHistory[];
}

export interface JiraProject {
  id: string;
  key: string;
  name: string;
  archived: boolean;
  components: string[];
}

/** A field of the screen on which issues are created. */
export interface JiraCreateField {
  id: string;
  name: string;
  required: boolean;
}

/** What a test says of an issue that it adds; the rest has defaults. */
export type NewJiraIssue = Partial<
  Omit<JiraIssue, 'id' | 'key' | 'histories'>
> & { projectKey: string; status?: string };

export const STATUSES: readonly JiraStatus[] = [
  { id: '10000', name: 'To Do', category: 'new' },
  { id: '10001', name: 'Backlog', category: 'new' },
  { id: '3', name: 'In Progress', category: 'indeterminate' },
  { id: '10002', name: 'In Review', category: 'indeterminate' },
  { id: '10003', name: 'Done', category: 'done' },
  { id: '10004', name: "Won't Do", category: 'done' },
];

export const CATEGORY_NAMES: Record<StatusCategoryKey, string> = {
  new: 'To Do',
  indeterminate: 'In Progress',
  done: 'Done',
};

export const ISSUE_TYPES = [
  { id: '10100', name: 'Task' },
  { id: '10101', name: 'Improvement' },
  { id: '10102', name: 'Bug' },
  { id: '10103', name: 'Story' },
];

export const PRIORITIES = ['Highest', 'High', 'Medium', 'Low', 'Lowest'];

export function statusOf(id: string): JiraStatus {
  const status = STATUSES.find(known => known.id === id);
  if (!status) throw new Error(`There is no status ${id}`);
  return status;
}

export function statusNamed(name: string): JiraStatus {
  const status = STATUSES.find(known => known.name === name);
  if (!status) throw new Error(`There is no status '${name}'`);
  return status;
}

/** The number of a key such as `PAY-12`. */
export function numberOf(key: string): number {
  return Number(key.slice(key.lastIndexOf('-') + 1));
}

export function compareKeys(a: JiraIssue, b: JiraIssue): number {
  if (a.projectKey !== b.projectKey) {
    return a.projectKey < b.projectKey ? -1 : 1;
  }
  return numberOf(a.key) - numberOf(b.key);
}
