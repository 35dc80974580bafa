import { GitlabIssue, GitlabProject, GitlabUser } from './records';

/** How a server writes what it has: its own address, and its time zone. */
export interface Writing {
  /** The address of its pages. */
  baseUrl: string;
  /** The offset of its time zone, such as `+02:00`; `Z` for UTC. */
  offset: string;
}

/** An instant as GitLab writes it: with milliseconds, in the server's time zone. */
export function instant(at: number, { offset }: Writing): string {
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(offset) ?? [];
  const shift = sign
    ? Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) * 60_000
    : 0;
  const iso = new Date(Math.floor(at) + shift).toISOString();
  return sign ? iso.replace('Z', offset) : iso;
}

export function userShape(user: GitlabUser, { baseUrl }: Writing) {
  return {
    id: user.id,
    username: user.username,
    public_email: '',
    name: user.name,
    state: 'active',
    locked: false,
    avatar_url: null,
    web_url: `${baseUrl}/${user.username}`,
  };
}

/** An issue as lists and single answers have it. */
export function issueShape(
  issue: GitlabIssue,
  project: GitlabProject,
  writing: Writing,
) {
  const { baseUrl } = writing;
  const api = `${baseUrl}/api/v4/projects/${project.id}`;
  const url = `${baseUrl}/${project.path}/-/issues/${issue.iid}`;
  const assignees = issue.assignees.map(user => userShape(user, writing));
  return {
    id: issue.id,
    iid: issue.iid,
    project_id: project.id,
    title: issue.title,
    description: issue.description,
    state: issue.state,
    created_at: instant(issue.createdAt, writing),
    updated_at: instant(issue.updatedAt, writing),
    closed_at:
      issue.closedAt === null ? null : instant(issue.closedAt, writing),
    closed_by:
      issue.closedAt === null ? null : userShape(issue.author, writing),
    labels: issue.labels,
    milestone: null,
    assignees,
    author: userShape(issue.author, writing),
    type: issue.issueType.toUpperCase(),
    assignee: assignees[0] ?? null,
    user_notes_count: 0,
    merge_requests_count: 0,
    upvotes: 0,
    downvotes: 0,
    due_date: null,
    confidential: issue.confidential,
    discussion_locked: null,
    issue_type: issue.issueType,
    web_url: url,
    time_stats: {
      time_estimate: 0,
      total_time_spent: 0,
      human_time_estimate: null,
      human_total_time_spent: null,
    },
    task_completion_status: { count: 0, completed_count: 0 },
    weight: issue.weight,
    blocking_issues_count: 0,
    has_tasks: false,
    _links: {
      self: `${api}/issues/${issue.iid}`,
      notes: `${api}/issues/${issue.iid}/notes`,
      award_emoji: `${api}/issues/${issue.iid}/award_emoji`,
      project: api,
      closed_as_duplicate_of: null,
    },
    references: {
      short: `#${issue.iid}`,
      relative: `#${issue.iid}`,
      full: `${project.path}#${issue.iid}`,
    },
    severity: 'UNKNOWN',
    moved_to_id: issue.movedToId,
    imported: false,
    imported_from: 'none',
    service_desk_reply_to: null,
  };
}

/** A project; `canReadIssues` is what the caller may do. */
export function projectShape(
  project: GitlabProject,
  caller: { canReadIssues: boolean; openIssues: number; role: number },
  writing: Writing,
) {
  const { baseUrl } = writing;
  const segments = project.path.split('/');
  return {
    id: project.id,
    description: null,
    name: segments.at(-1),
    name_with_namespace: segments.join(' / '),
    path: segments.at(-1),
    path_with_namespace: project.path,
    created_at: instant(project.createdAt, writing),
    default_branch: 'main',
    web_url: `${baseUrl}/${project.path}`,
    namespace: {
      id: 1,
      name: segments.at(-2),
      path: segments.at(-2),
      kind: 'group',
      full_path: segments.slice(0, -1).join('/'),
    },
    empty_repo: false,
    archived: project.archived,
    visibility: project.visibility,
    issues_enabled: caller.canReadIssues,
    issues_access_level: project.issues,
    ...(caller.canReadIssues && { open_issues_count: caller.openIssues }),
    merge_requests_enabled: true,
    permissions: {
      project_access: caller.role
        ? { access_level: caller.role, notification_level: 3 }
        : null,
      group_access: null,
    },
  };
}
