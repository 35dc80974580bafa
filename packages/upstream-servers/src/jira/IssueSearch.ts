import { IssueStore, compareByUpdate } from './IssueStore';
import {
  boundsOf,
  comparatorOf,
  isByUpdate,
  JqlError,
  parseJql,
  predicateOf,
} from './jql';
import { JiraIssue } from './model';

/** Where a page begins: at a place, or after an issue. */
export type Position = { offset: number } | { updated: number; id: number };

/** Answers JQL queries from the store's index. */
export class IssueSearch {
  private last: { jql: string; version: number; ids: number[] } | undefined;

  constructor(
    private readonly store: IssueStore,
    private readonly now: () => number,
  ) {}

  /** @throws JqlError where the query cannot be answered */
  page(
    jql: string,
    options: {
      from: Position;
      limit: number;
      mustBeBounded?: boolean;
      isAnonymous?: boolean;
    },
  ): { issues: JiraIssue[]; next: Position | undefined } {
    const { from, limit, mustBeBounded, isAnonymous } = options;
    const query = parseJql(jql);
    if (mustBeBounded && !query.where) {
      throw new JqlError(
        'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.',
      );
    }
    if (query.orderBy.length > 7) {
      throw new JqlError('JQL can be ordered by at most 7 fields.');
    }
    if (isAnonymous) return { issues: [], next: undefined };

    const matches = this.matching(query.where);
    const bounds = boundsOf(query.where, this.now());
    if (!isByUpdate(query) || bounds.issues) {
      const all = this.sorted(jql, () =>
        [...this.candidates(bounds)].filter(matches).sort(comparatorOf(query)),
      );
      const offset = 'offset' in from ? from.offset : 0;
      const issues = all
        .slice(offset, offset + limit)
        .flatMap(id => this.store.findIndexed(String(id)) ?? []);
      const next = offset + issues.length;
      return { issues, next: next < all.length ? { offset: next } : undefined };
    }

    const issues: JiraIssue[] = [];
    let skipped = 0;
    const after =
      'offset' in from ? undefined : this.store.findIndexed(String(from.id));
    const start = 'offset' in from ? 0 : from.updated;
    for (const issue of this.store.byUpdate(
      Math.max(bounds.updatedFrom, start),
      bounds.projects,
    )) {
      if (!matches(issue)) continue;
      const isPassed = after
        ? compareByUpdate(issue, { ...after, updated: start }) <= 0
        : skipped < ('offset' in from ? from.offset : 0);
      if (isPassed) {
        skipped += 1;
      } else if (issues.length === limit) {
        const last = issues[limit - 1];
        return { issues, next: { updated: last.updated, id: last.id } };
      } else {
        issues.push(issue);
      }
    }
    return { issues, next: undefined };
  }

  /** The ids that a query finds; the next page of it need not sort them again. */
  private sorted(jql: string, find: () => JiraIssue[]): readonly number[] {
    const { version } = this.store;
    if (this.last?.jql !== jql || this.last.version !== version) {
      this.last = { jql, version, ids: find().map(({ id }) => id) };
    }
    return this.last.ids;
  }

  /** How many issues a query finds. */
  total(jql: string): number {
    const { where } = parseJql(jql);
    const matches = this.matching(where);
    const bounds = boundsOf(where, this.now());
    if (bounds.isAll) {
      return this.store.countByUpdate(bounds.updatedFrom, bounds.projects);
    }
    let total = 0;
    for (const issue of this.candidates(bounds)) {
      if (matches(issue)) total += 1;
    }
    return total;
  }

  private matching(where: ReturnType<typeof parseJql>['where']) {
    const matches = where
      ? predicateOf(where, {
          isProject: name => this.store.findProject(name) !== undefined,
          isIssue: idOrKey => {
            const issue = this.store.find(idOrKey);
            return issue !== undefined && !issue.hidden;
          },
          now: this.now(),
        })
      : () => true;
    const browsable = new Set(this.store.projects().map(({ key }) => key));
    return (issue: JiraIssue) =>
      !issue.hidden && browsable.has(issue.projectKey) && matches(issue);
  }

  private candidates(bounds: ReturnType<typeof boundsOf>) {
    if (bounds.issues) {
      return bounds.issues.flatMap(
        idOrKey => this.store.findIndexed(idOrKey) ?? [],
      );
    }
    return this.store.byUpdate(bounds.updatedFrom, bounds.projects);
  }
}
