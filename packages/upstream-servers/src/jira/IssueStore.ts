import { BaseIssues, statusItem } from './BaseIssues';
import {
  compareKeys,
  JiraIssue,
  JiraProject,
  NewJiraIssue,
  statusNamed,
  statusOf,
} from './model';

/** The issues of a site, and the index that searches look at. */
export class IssueStore {
  private readonly issues = new Map<number, JiraIssue>();
  /** By every key that an issue ever had: old ones lead to moved issues. */
  private readonly ids = new Map<string, number>();
  private readonly deleted = new Set<number>();
  private readonly projectsByKey = new Map<string, JiraProject>();
  private readonly lastNumbers = new Map<string, number>();
  private base: BaseIssues | undefined;
  /** Base issues that were changed, and are looked up like all others. */
  private readonly takenFromBase = new Set<number>();
  /** As searches see them, by last update and key. */
  private readonly index: JiraIssue[] = [];
  private readonly indexed = new Map<number, JiraIssue>();
  private readonly waiting = new Map<number, number>();
  private changes = 0;
  private lastId = 10_000;
  private lastHistory = 0;
  private indexLagMs = 0;

  constructor(private readonly now: () => number) {}

  /** Another one whenever searches may see something else. */
  get version(): number {
    this.indexWhatIsDue();
    return this.changes;
  }

  /** How late searches see a change. */
  lagBy(ms: number): void {
    this.indexLagMs = ms;
  }

  addProject(key: string, name = key, components: string[] = []): JiraProject {
    const project = {
      id: String(20_000 + this.projectsByKey.size),
      key,
      name,
      archived: false,
      components,
    };
    this.projectsByKey.set(key, project);
    return project;
  }

  archiveProject(key: string): void {
    this.project(key).archived = true;
    this.changes += 1;
  }

  removeProject(key: string): void {
    this.projectsByKey.delete(key);
    for (const issue of [...this.issues.values()]) {
      if (issue.projectKey === key) this.delete(issue.id);
    }
  }

  /** The projects that can be browsed. */
  projects(): JiraProject[] {
    return [...this.projectsByKey.values()].filter(({ archived }) => !archived);
  }

  findProject(idOrKey: string): JiraProject | undefined {
    const wanted = idOrKey.toUpperCase();
    return this.projects().find(
      ({ id, key, name }) =>
        id === idOrKey || key === wanted || name.toUpperCase() === wanted,
    );
  }

  addBase(base: BaseIssues): void {
    this.base = base;
  }

  create(issue: NewJiraIssue): JiraIssue {
    const { projectKey, status, ...rest } = issue;
    this.project(projectKey);
    const number = this.lastNumber(projectKey) + 1;
    this.lastNumbers.set(projectKey, number);
    this.lastId += 1;
    const created = rest.created ?? this.now();
    const { id: statusId } = statusNamed(status ?? 'To Do');
    const added: JiraIssue = {
      id: this.lastId,
      key: `${projectKey}-${number}`,
      projectKey,
      summary: 'An issue',
      description: null,
      issueType: 'Task',
      statusId,
      labels: [],
      components: [],
      priority: 'Medium',
      assignee: null,
      created,
      updated: created,
      statusChanged: created,
      resolved: null,
      hidden: false,
      custom: {},
      histories: [],
      ...rest,
    };
    this.issues.set(added.id, added);
    this.ids.set(added.key, added.id);
    this.changed(added);
    return added;
  }

  /** The issue by its id, its key or a key that it had; also if it is hidden. */
  find(idOrKey: string): JiraIssue | undefined {
    const id = /^\d+$/.test(idOrKey)
      ? Number(idOrKey)
      : this.ids.get(idOrKey.toUpperCase());
    const issue = id === undefined ? undefined : this.issues.get(id);
    if (issue) return issue;
    const index = this.base?.indexOf(idOrKey);
    if (!this.base || index === undefined) return undefined;
    return this.takenFromBase.has(index) ||
      this.deleted.has(this.base.id(index))
      ? undefined
      : this.base.issue(index);
  }

  transition(idOrKey: string, status: string): void {
    const next = statusNamed(status);
    this.change(idOrKey, issue => {
      const at = this.now();
      const previous = statusOf(issue.statusId);
      this.addHistory(issue, at, [statusItem(previous.id, next.id)]);
      issue.statusId = next.id;
      if (previous.category !== next.category) issue.statusChanged = at;
      issue.resolved = next.category === 'done' ? at : null;
    });
  }

  update(
    idOrKey: string,
    patch: Partial<
      Pick<
        JiraIssue,
        | 'summary'
        | 'labels'
        | 'components'
        | 'issueType'
        | 'priority'
        | 'assignee'
        | 'hidden'
      >
    >,
  ): void {
    this.change(idOrKey, issue => {
      const items = Object.keys(patch).map(field => ({
        field,
        fieldId: field,
        from: null,
        fromString: String(Reflect.get(issue, field)),
        to: null,
        toString: String(Reflect.get(patch, field)),
      }));
      this.addHistory(issue, this.now(), items);
      Object.assign(issue, patch);
    });
  }

  /** Moves an issue to another project, where it gets another key. */
  move(idOrKey: string, projectKey: string): void {
    this.change(idOrKey, issue => {
      const number = this.lastNumber(projectKey) + 1;
      this.lastNumbers.set(projectKey, number);
      const key = `${projectKey}-${number}`;
      this.addHistory(issue, this.now(), [
        {
          field: 'Key',
          fieldId: 'issuekey',
          from: null,
          fromString: issue.key,
          to: null,
          toString: key,
        },
      ]);
      this.ids.set(issue.key, issue.id);
      this.ids.set(key, issue.id);
      Object.assign(issue, { key, projectKey });
    });
  }

  delete(idOrKey: string | number): void {
    const issue = this.take(String(idOrKey));
    this.issues.delete(issue.id);
    this.deleted.add(issue.id);
    this.waiting.delete(issue.id);
    this.unindex(issue.id);
  }

  /** The highest number that an issue of a project has. */
  lastNumber(projectKey: string): number {
    return (
      this.lastNumbers.get(projectKey) ?? this.base?.sizeOf(projectKey) ?? 0
    );
  }

  /** Lets searches see what they would not see yet; all of it if left out. */
  indexNow(ids: Iterable<number> = [...this.waiting.keys()]): void {
    for (const id of ids) {
      const issue = this.issues.get(id);
      if (issue && this.waiting.delete(id)) this.intoIndex(issue);
    }
  }

  /**
   * What searches see, in the order of the last update, from an instant on and
   * of the projects given.
   */
  *byUpdate(
    from: number,
    projects: ReadonlySet<string> | undefined,
  ): Generator<JiraIssue> {
    this.indexWhatIsDue();
    let place = lowerBound(this.index, ({ updated }) => updated >= from);
    for (const issue of this.baseFrom(from, projects)) {
      while (
        place < this.index.length &&
        compareByUpdate(this.index[place], issue) < 0
      ) {
        const next = this.index[place];
        place += 1;
        if (!projects || projects.has(next.projectKey)) yield next;
      }
      yield issue;
    }
    for (; place < this.index.length; place += 1) {
      const next = this.index[place];
      if (!projects || projects.has(next.projectKey)) yield next;
    }
  }

  /** How many {@link IssueStore.byUpdate} gives, without making them up. */
  countByUpdate(
    from: number,
    projects: ReadonlySet<string> | undefined,
  ): number {
    this.indexWhatIsDue();
    let count = 0;
    const start = lowerBound(this.index, ({ updated }) => updated >= from);
    for (let place = start; place < this.index.length; place += 1) {
      const issue = this.index[place];
      if (!issue.hidden && (!projects || projects.has(issue.projectKey))) {
        count += 1;
      }
    }
    if (!this.base) return count;
    const first = this.base.indexFrom(from);
    count += this.base.countFrom(first, projects);
    for (const taken of this.takenFromBase) {
      const key = this.base.projectKey(taken);
      if (taken >= first && (!projects || projects.has(key))) count -= 1;
    }
    return count;
  }

  /** As searches see it. */
  findIndexed(idOrKey: string): JiraIssue | undefined {
    this.indexWhatIsDue();
    const issue = this.find(idOrKey);
    if (!issue) return undefined;
    return this.issues.has(issue.id) ? this.indexed.get(issue.id) : issue;
  }

  private *baseFrom(
    from: number,
    projects: ReadonlySet<string> | undefined,
  ): Generator<JiraIssue> {
    const { base } = this;
    if (!base) return;
    for (let i = base.indexFrom(from); i < base.count; i += 1) {
      const isWanted =
        !this.takenFromBase.has(i) &&
        (!projects || projects.has(base.projectKey(i)));
      if (isWanted) yield base.issue(i);
    }
  }

  private project(key: string): JiraProject {
    const project = this.projectsByKey.get(key);
    if (!project) throw new Error(`There is no project ${key}`);
    return project;
  }

  /** The issue itself, so that it can be changed. */
  private take(idOrKey: string): JiraIssue {
    const issue = this.find(idOrKey);
    if (!issue) throw new Error(`There is no issue ${idOrKey}`);
    if (!this.issues.has(issue.id)) {
      this.takenFromBase.add(this.base!.indexOf(String(issue.id))!);
      this.issues.set(issue.id, issue);
      this.ids.set(issue.key, issue.id);
      this.intoIndex(issue);
    }
    return issue;
  }

  private change(idOrKey: string, work: (issue: JiraIssue) => void): void {
    const issue = this.take(idOrKey);
    work(issue);
    issue.updated = this.now();
    this.changed(issue);
  }

  private addHistory(
    issue: JiraIssue,
    at: number,
    items: JiraIssue['histories'][number]['items'],
  ): void {
    this.lastHistory += 1;
    issue.histories.push({ id: this.lastHistory, at, items });
  }

  private changed(issue: JiraIssue): void {
    if (this.indexLagMs > 0) {
      this.waiting.set(issue.id, Date.now() + this.indexLagMs);
    } else {
      this.intoIndex(issue);
    }
  }

  private indexWhatIsDue(): void {
    const now = Date.now();
    this.indexNow(
      [...this.waiting].filter(([, at]) => at <= now).map(([id]) => id),
    );
  }

  private intoIndex(issue: JiraIssue): void {
    this.unindex(issue.id);
    const copy = structuredClone(issue);
    this.indexed.set(issue.id, copy);
    const place = lowerBound(
      this.index,
      other => compareByUpdate(other, copy) >= 0,
    );
    this.index.splice(place, 0, copy);
  }

  private unindex(id: number): void {
    this.changes += 1;
    const old = this.indexed.get(id);
    if (!old) return;
    this.indexed.delete(id);
    const place = lowerBound(
      this.index,
      other => compareByUpdate(other, old) >= 0,
    );
    this.index.splice(place, 1);
  }
}

/** The order of `ORDER BY updated ASC, key ASC`. */
export function compareByUpdate(a: JiraIssue, b: JiraIssue): number {
  return a.updated - b.updated || compareKeys(a, b);
}

/** The first place of a sorted list from which on something holds. */
function lowerBound<T>(list: readonly T[], holds: (item: T) => boolean) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(list[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}
