import { RedmineIssue, RedmineProject, RedmineUser } from './records';
import { RedmineStore } from './RedmineStore';

/** Instants are written in UTC, to the second. */
export function timestamp(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
}

function named(list: readonly { id: number; name: string }[], id: number) {
  const found = list.find(one => one.id === id);
  return found && { id: found.id, name: found.name };
}

function person(store: RedmineStore, id: number) {
  const user = store.users.find(known => known.id === id);
  return {
    id,
    name: user ? `${user.firstname} ${user.lastname}` : 'Redmine Admin',
  };
}

export function issueJson(
  issue: RedmineIssue,
  store: RedmineStore,
  options: { statusTellsClosed: boolean },
) {
  const status = store.statuses.find(({ id }) => id === issue.statusId);
  return {
    id: issue.id,
    project: named(store.projects, issue.projectId),
    tracker: named(store.trackers, issue.trackerId),
    status: status && {
      id: status.id,
      name: status.name,
      ...(options.statusTellsClosed && { is_closed: status.isClosed }),
    },
    priority: named(store.priorities, issue.priorityId),
    author: person(store, issue.authorId),
    ...(issue.assigneeId !== null && {
      assigned_to: person(store, issue.assigneeId),
    }),
    ...(issue.category && { category: issue.category }),
    subject: issue.subject,
    description: issue.description,
    start_date: timestamp(issue.createdOn).slice(0, 10),
    due_date: null,
    done_ratio: 0,
    is_private: issue.isPrivate,
    estimated_hours: null,
    total_estimated_hours: null,
    spent_hours: 0,
    total_spent_hours: 0,
    ...(store.customFields.length > 0 && {
      custom_fields: store.customFields.map(field => ({
        id: field.id,
        name: field.name,
        ...(field.multiple && { multiple: true }),
        value: issue.customFields[field.id] ?? (field.multiple ? [] : ''),
      })),
    }),
    created_on: timestamp(issue.createdOn),
    updated_on: timestamp(issue.updatedOn),
    closed_on: issue.closedOn === null ? null : timestamp(issue.closedOn),
  };
}

export function journalsJson(issue: RedmineIssue, store: RedmineStore) {
  return store.journalsOf(issue.id).map(journal => ({
    id: journal.id,
    user: person(store, journal.userId),
    notes: '',
    created_on: timestamp(journal.createdOn),
    private_notes: false,
    details: journal.details.map(({ name, oldValue, newValue }) => ({
      property: 'attr',
      name,
      old_value: oldValue,
      new_value: newValue,
    })),
  }));
}

export function projectJson(project: RedmineProject, store: RedmineStore) {
  return {
    id: project.id,
    name: project.name,
    identifier: project.identifier,
    description: '',
    homepage: '',
    ...(project.parentId !== undefined && {
      parent: named(store.projects, project.parentId),
    }),
    status: { active: 1, closed: 5, archived: 9 }[project.status],
    is_public: project.isPublic,
    inherit_members: false,
    created_on: '2024-01-02T03:04:05Z',
    updated_on: '2024-01-02T03:04:05Z',
  };
}

export function userJson(user: RedmineUser) {
  return {
    id: user.id,
    login: user.login,
    admin: user.admin,
    firstname: user.firstname,
    lastname: user.lastname,
    mail: `${user.login}@example.com`,
    created_on: '2024-01-02T03:04:05Z',
    updated_on: '2024-01-02T03:04:05Z',
    last_login_on: '2024-01-02T03:04:05Z',
    passwd_changed_on: '2024-01-02T03:04:05Z',
    twofa_scheme: null,
    api_key: user.apiKey,
    status: 1,
  };
}
