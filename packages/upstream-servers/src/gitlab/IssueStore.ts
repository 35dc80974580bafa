import { BulkIssues, GitlabIssue, GitlabUser } from './records';

interface BulkRange extends BulkIssues {
  projectId: number;
  firstId: number;
}

const NOBODY: GitlabUser = { id: 1, username: 'root', name: 'Administrator' };

/**
 * The issues of a server. Those that were added in bulk take no room before they
 * are changed. Each project has its issues in the order of their last update, so
 * that a page costs no more than its rows.
 */
export class IssueStore {
  private readonly ranges: BulkRange[] = [];
  private readonly changed = new Map<number, GitlabIssue>();
  private readonly orders = new Map<number, number[]>();
  /** Of several projects each, by their ids. */
  private readonly mergedOrders = new Map<string, number[]>();
  private readonly numbers = new Map<number, Map<number, number>>();
  private readonly lastIids = new Map<number, number>();
  private lastId = 1000;

  addBulk(projectId: number, bulk: BulkIssues): void {
    if (this.lastIids.has(projectId)) {
      throw new Error('Issues in bulk are the first ones of their project');
    }
    this.ranges.push({ ...bulk, projectId, firstId: this.lastId + 1 });
    this.lastId += bulk.count;
    this.lastIids.set(projectId, bulk.count);
  }

  add(issue: Omit<GitlabIssue, 'id' | 'iid'>): GitlabIssue {
    this.lastId += 1;
    const iid = (this.lastIids.get(issue.projectId) ?? 0) + 1;
    this.lastIids.set(issue.projectId, iid);
    const added = { ...issue, id: this.lastId, iid };
    this.changed.set(added.id, added);
    this.numbersOf(issue.projectId).set(iid, added.id);
    this.insert(added);
    return added;
  }

  change(id: number, change: Partial<GitlabIssue>): GitlabIssue {
    const issue = this.get(id);
    this.take(issue);
    const changed = { ...issue, ...change };
    this.changed.set(id, changed);
    this.insert(changed);
    return changed;
  }

  remove(id: number): void {
    const issue = this.get(id);
    this.take(issue);
    this.numbersOf(issue.projectId).set(issue.iid, -1);
  }

  /** Takes an issue out of the lists, until the answer is called. */
  withhold(id: number): () => void {
    this.take(this.get(id));
    return () => this.insert(this.get(id));
  }

  get(id: number): GitlabIssue {
    const issue = this.changed.get(id) ?? this.madeUp(id);
    if (!issue) throw new Error(`There is no issue with the id ${id}`);
    return issue;
  }

  /** The id of an issue by its number in the project. */
  idOf(projectId: number, iid: number): number | undefined {
    const id = this.numbersOf(projectId).get(iid);
    if (id !== undefined) return id === -1 ? undefined : id;
    const range = this.ranges.find(bulk => bulk.projectId === projectId);
    return range && iid >= 1 && iid <= range.count
      ? range.firstId + iid - 1
      : undefined;
  }

  updatedAt(id: number): number {
    const issue = this.changed.get(id);
    if (issue) return issue.updatedAt;
    const range = this.rangeOf(id);
    if (!range) throw new Error(`There is no issue with the id ${id}`);
    return range.from + (id - range.firstId) * range.everyMs;
  }

  /** The ids of a project's issues, the oldest update first. */
  order(projectId: number): readonly number[] {
    let order = this.orders.get(projectId);
    if (!order) {
      const range = this.ranges.find(bulk => bulk.projectId === projectId);
      order = Array.from(
        { length: range?.count ?? 0 },
        (_, index) => range!.firstId + index,
      );
      this.orders.set(projectId, order);
    }
    return order;
  }

  /** The ids of the issues of several projects, the oldest update first. */
  merged(projectIds: readonly number[]): readonly number[] {
    const key = [...projectIds].sort((a, b) => a - b).join(' ');
    let order = this.mergedOrders.get(key);
    if (!order) {
      order = projectIds
        .flatMap(projectId => [...this.order(projectId)])
        .sort((a, b) => this.updatedAt(a) - this.updatedAt(b) || a - b);
      this.mergedOrders.set(key, order);
    }
    return order;
  }

  /** The place of the first issue that was updated at or after an instant. */
  place(order: readonly number[], updatedAt: number, id = -1): number {
    let low = 0;
    let high = order.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const at = this.updatedAt(order[middle]);
      const isBefore =
        at < updatedAt || (at === updatedAt && order[middle] < id);
      if (isBefore) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private insert({ id, projectId, updatedAt }: GitlabIssue): void {
    for (const order of this.ordersWith(projectId)) {
      order.splice(this.place(order, updatedAt, id), 0, id);
    }
  }

  private take({ id, projectId, updatedAt }: GitlabIssue): void {
    for (const order of this.ordersWith(projectId)) {
      order.splice(this.place(order, updatedAt, id), 1);
    }
  }

  private ordersWith(projectId: number): number[][] {
    this.order(projectId);
    return [
      this.orders.get(projectId)!,
      ...[...this.mergedOrders]
        .filter(([key]) => key.split(' ').includes(String(projectId)))
        .map(([, order]) => order),
    ];
  }

  private numbersOf(projectId: number): Map<number, number> {
    let numbers = this.numbers.get(projectId);
    if (!numbers) {
      numbers = new Map();
      this.numbers.set(projectId, numbers);
    }
    return numbers;
  }

  private rangeOf(id: number): BulkRange | undefined {
    // By halves: ids go up from range to range.
    let low = 0;
    let high = this.ranges.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.ranges[middle].firstId <= id) low = middle + 1;
      else high = middle;
    }
    const range: BulkRange | undefined = this.ranges[low - 1];
    return range && id < range.firstId + range.count ? range : undefined;
  }

  private madeUp(id: number): GitlabIssue | undefined {
    const range = this.rangeOf(id);
    if (!range) return undefined;
    const { labels, closedEvery } = range;
    const index = id - range.firstId;
    const at = range.from + index * range.everyMs;
    const isClosed = closedEvery !== undefined && index % closedEvery === 0;
    return {
      id,
      iid: index + 1,
      projectId: range.projectId,
      title: `Issue ${index + 1}`,
      description: `What is to be done in issue ${index + 1}.`,
      labels: labels && index % labels.every === 0 ? labels.names : [],
      state: isClosed ? 'closed' : 'opened',
      issueType: 'issue',
      confidential: false,
      createdAt: at,
      updatedAt: at,
      closedAt: isClosed ? at : null,
      author: NOBODY,
      assignees: [],
      movedToId: null,
      weight: null,
    };
  }
}
