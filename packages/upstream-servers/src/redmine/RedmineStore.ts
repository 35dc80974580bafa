import { IssueTable } from './IssueTable';
import {
  RedmineCustomField,
  RedmineIssue,
  RedmineJournal,
  RedmineNamed,
  RedmineProject,
  RedmineStatus,
  RedmineUser,
} from './records';

/** What a new issue may be given. */
export type NewRedmineIssue = { project: string; subject: string } & Partial<
  Omit<RedmineIssue, 'id' | 'projectId' | 'subject'>
>;

/** What of an issue may be changed. */
export type RedmineIssueChange = Partial<
  Omit<RedmineIssue, 'id' | 'createdOn' | 'closedOn' | 'updatedOn'>
>;

/** Everything that a Redmine holds, and how it changes. */
export class RedmineStore {
  readonly issues = new IssueTable();
  readonly projects: RedmineProject[] = [];
  readonly users: RedmineUser[] = [];
  readonly trackers: RedmineNamed[] = [
    { id: 1, name: 'Bug' },
    { id: 2, name: 'Feature' },
    { id: 3, name: 'Support' },
    { id: 4, name: 'Improvement' },
  ];

  readonly statuses: RedmineStatus[] = [
    { id: 1, name: 'New', isClosed: false },
    { id: 2, name: 'In Progress', isClosed: false },
    { id: 3, name: 'Resolved', isClosed: false },
    { id: 5, name: 'Closed', isClosed: true },
    { id: 6, name: 'Rejected', isClosed: true },
  ];

  readonly priorities: RedmineNamed[] = [
    { id: 1, name: 'Low' },
    { id: 2, name: 'Normal' },
    { id: 3, name: 'High' },
    { id: 4, name: 'Urgent' },
  ];

  readonly customFields: RedmineCustomField[] = [];
  private readonly journals = new Map<number, RedmineJournal[]>();
  private access = 0;

  /** @param now - the clock, epoch milliseconds */
  constructor(readonly now: () => number) {}

  /** Changes whenever what somebody sees may have changed. */
  get accessVersion(): number {
    return this.access;
  }

  addProject(
    project: { identifier: string } & Partial<Omit<RedmineProject, 'id'>>,
  ): RedmineProject {
    // Redmine's own rule for identifiers.
    if (!/^(?!\d+$)[a-z0-9\-_]{1,100}$/.test(project.identifier)) {
      throw new Error(`'${project.identifier}' is no identifier`);
    }
    const added: RedmineProject = {
      id: this.projects.length + 1,
      name: project.identifier,
      isPublic: false,
      status: 'active',
      tracksIssues: true,
      ...project,
    };
    this.projects.push(added);
    for (const user of this.users) user.memberships.push(added.id);
    this.access += 1;
    return added;
  }

  /** Adds a user, who is a member of all projects unless it says otherwise. */
  addUser(
    user: { login: string; apiKey: string } & Partial<RedmineUser>,
  ): RedmineUser {
    const added: RedmineUser = {
      id: this.users.length + 5,
      firstname: user.login,
      lastname: 'Backstage',
      admin: false,
      memberships: this.projects.map(({ id }) => id),
      mayAddIssues: true,
      seesPrivateIssues: true,
      ...user,
    };
    this.users.push(added);
    this.access += 1;
    return added;
  }

  changeProject(
    identifier: string,
    change: Partial<Omit<RedmineProject, 'id' | 'identifier'>>,
  ): void {
    Object.assign(this.project(identifier), change);
    this.access += 1;
  }

  setMemberships(login: string, identifiers: string[]): void {
    const user = this.users.find(known => known.login === login);
    if (!user) throw new Error(`No user ${login}`);
    user.memberships = identifiers.map(name => this.project(name).id);
    this.access += 1;
  }

  addCustomField(
    field: { name: string } & Partial<RedmineCustomField>,
  ): RedmineCustomField {
    const added: RedmineCustomField = {
      id: this.customFields.length + 1,
      required: false,
      multiple: false,
      ...field,
    };
    this.customFields.push(added);
    return added;
  }

  project(identifier: string): RedmineProject {
    const project = this.projects.find(p => p.identifier === identifier);
    if (!project) throw new Error(`No project ${identifier}`);
    return project;
  }

  /** By id or identifier, as an address or a filter names it. */
  findProject(name: unknown): RedmineProject | undefined {
    return this.projects.find(
      ({ id, identifier }) =>
        identifier === name || String(id) === String(name),
    );
  }

  isWithin(projectId: number, ancestorId: number): boolean {
    let current: number | undefined = projectId;
    while (current !== undefined && current !== ancestorId) {
      const child: number = current;
      current = this.projects.find(({ id }) => id === child)?.parentId;
    }
    return current === ancestorId;
  }

  addIssue({ project, ...given }: NewRedmineIssue): RedmineIssue {
    const now = this.now();
    const issue: RedmineIssue = {
      id: this.issues.nextId(),
      projectId: this.project(project).id,
      trackerId: 1,
      statusId: 1,
      priorityId: 2,
      authorId: this.users[0]?.id ?? 1,
      assigneeId: null,
      category: null,
      description: '',
      isPrivate: false,
      customFields: {},
      createdOn: now,
      updatedOn: now,
      closedOn: null,
      ...given,
    };
    this.issues.put(issue);
    return issue;
  }

  /** Changes an issue as a person would: with a journal, and closing instants as Redmine sets them. */
  changeIssue(id: number, change: RedmineIssueChange): RedmineIssue {
    const before = this.issue(id);
    const now = this.now();
    const after = { ...before, ...change, updatedOn: now };
    // The instant of the last closing stays when an issue is reopened.
    if (!this.isClosed(before) && this.isClosed(after)) after.closedOn = now;
    this.issues.put(after);
    if (before.statusId !== after.statusId) {
      const journals = this.journals.get(id) ?? [];
      journals.push({
        id: journals.length + 1,
        userId: after.authorId,
        createdOn: now,
        details: [
          {
            name: 'status_id',
            oldValue: String(before.statusId),
            newValue: String(after.statusId),
          },
        ],
      });
      this.journals.set(id, journals);
    }
    return after;
  }

  closeIssue(id: number): void {
    this.changeIssue(id, { statusId: 5 });
  }

  reopenIssue(id: number): void {
    this.changeIssue(id, { statusId: 1 });
  }

  moveIssue(id: number, project: string): void {
    this.changeIssue(id, { projectId: this.project(project).id });
  }

  deleteIssue(id: number): void {
    this.issues.delete(id);
    this.journals.delete(id);
  }

  /**
   * Fills an empty Redmine with issues that are generated as they are read; they
   * go round the projects and trackers. Each third one is closed.
   *
   * @param options - `firstAt`: when the first was created, epoch milliseconds;
   * `everyMs`: the time from one to the next
   */
  generateIssues(options: {
    count: number;
    firstAt: number;
    everyMs: number;
    entityOf?: (id: number) => { fieldId: number; value: string };
  }): void {
    const { count, firstAt, everyMs, entityOf } = options;
    const { projects, trackers } = this;
    this.issues.generate(count, id => {
      const createdOn = firstAt + id * everyMs;
      const isClosed = id % 3 === 0;
      const entity = entityOf?.(id);
      return {
        id,
        projectId: projects[id % projects.length].id,
        trackerId: trackers[id % trackers.length].id,
        statusId: isClosed ? 5 : 1,
        priorityId: 2,
        authorId: 1,
        assigneeId: null,
        category: null,
        subject: `Issue ${id}`,
        description: '',
        isPrivate: false,
        customFields: entity ? { [entity.fieldId]: entity.value } : {},
        createdOn,
        updatedOn: createdOn,
        closedOn: isClosed ? createdOn : null,
      };
    });
  }

  issue(id: number): RedmineIssue {
    const issue = this.issues.get(id);
    if (!issue) throw new Error(`No issue ${id}`);
    return issue;
  }

  isClosed({ statusId }: RedmineIssue): boolean {
    return this.statuses.some(
      ({ id, isClosed }) => id === statusId && isClosed,
    );
  }

  journalsOf(id: number): readonly RedmineJournal[] {
    return this.journals.get(id) ?? [];
  }
}
