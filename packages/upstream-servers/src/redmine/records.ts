/** A project, as Redmine keeps it. Identifiers never change. */
export interface RedmineProject {
  id: number;
  identifier: string;
  name: string;
  /** The id of the project that it is a subproject of. */
  parentId?: number;
  /** Whether everybody sees it, anonymous visitors included. */
  isPublic: boolean;
  /** Closed projects are read-only and left out of the list of projects; archived ones are hidden. */
  status: 'active' | 'closed' | 'archived';
  /** Whether its module for issues is switched on. */
  tracksIssues: boolean;
}

/** A user with an API key. */
export interface RedmineUser {
  id: number;
  login: string;
  firstname: string;
  lastname: string;
  admin: boolean;
  apiKey: string;
  /** The ids of the projects that the user is a member of. */
  memberships: number[];
  /** Whether the roles of the memberships allow to add issues. */
  mayAddIssues: boolean;
  /** Whether the roles of the memberships show private issues of others. */
  seesPrivateIssues: boolean;
}

export interface RedmineNamed {
  id: number;
  name: string;
}

export interface RedmineStatus extends RedmineNamed {
  isClosed: boolean;
}

export interface RedmineCustomField extends RedmineNamed {
  required: boolean;
  multiple: boolean;
}

/** An issue, as Redmine keeps it; instants in epoch milliseconds. */
export interface RedmineIssue {
  id: number;
  projectId: number;
  trackerId: number;
  statusId: number;
  priorityId: number;
  authorId: number;
  assigneeId: number | null;
  category: RedmineNamed | null;
  subject: string;
  description: string;
  isPrivate: boolean;
  /** By the id of the field; a field that is not named here is empty. */
  customFields: Record<number, string | string[]>;
  createdOn: number;
  updatedOn: number;
  /** When it was last closed; stays when it is reopened. */
  closedOn: number | null;
}

export interface RedmineJournal {
  id: number;
  userId: number;
  createdOn: number;
  details: { name: string; oldValue: string | null; newValue: string | null }[];
}
