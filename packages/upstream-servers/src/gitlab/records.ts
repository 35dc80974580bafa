/** Who a token speaks for, and what it may do. */
export interface GitlabToken {
  token: string;
  /** `api`, `read_api`, `read_user` and the like. */
  scopes: readonly string[];
  user: GitlabUser;
  /** An OAuth token is refused where only access tokens are described. */
  kind: 'access' | 'oauth';
  revoked: boolean;
}

export interface GitlabUser {
  id: number;
  username: string;
  name: string;
}

/** GitLab's roles, by their numbers. */
export const ROLE = {
  guest: 10,
  reporter: 20,
  developer: 30,
  maintainer: 40,
} as const;

export type Role = keyof typeof ROLE;

export interface GitlabProject {
  id: number;
  /** With its namespace, as it is spelled. */
  path: string;
  /** The paths that it had before. */
  formerPaths: string[];
  visibility: 'private' | 'public';
  /** Who may use its issues; `private` are the members of the project. */
  issues: 'enabled' | 'private' | 'disabled';
  archived: boolean;
  /** By user name; without it everyone with a token is a maintainer. */
  members: Readonly<Record<string, Role>> | undefined;
  createdAt: number;
}

export interface GitlabIssue {
  id: number;
  iid: number;
  projectId: number;
  title: string;
  description: string | null;
  labels: readonly string[];
  state: 'opened' | 'closed';
  issueType: string;
  confidential: boolean;
  /** Epoch milliseconds; fractions are kept, as a database does, but not shown. */
  createdAt: number;
  updatedAt: number;
  closedAt: number | null;
  author: GitlabUser;
  assignees: readonly GitlabUser[];
  movedToId: number | null;
  weight: number | null;
}

/** A project of many issues, each of which is made up when it is asked for. */
export interface BulkIssues {
  count: number;
  /** When the first one was created and last updated. */
  from: number;
  /** The time between two of them, milliseconds. */
  everyMs: number;
  /** The labels of every n-th issue, by n. */
  labels?: { every: number; names: readonly string[] };
  /** Every n-th issue is closed; none if left out. */
  closedEvery?: number;
}
