import { RedmineIssue } from './records';

/** What a list of issues is asked for. */
export interface IssueSelection {
  /** The least id. */
  fromId?: number;
  /** Changed after this instant, epoch milliseconds. */
  updatedAfter?: number;
  /** All further conditions. */
  matches(issue: RedmineIssue): boolean;
  /** Names `matches`: two selections of the same name have the same conditions. */
  name: string;
  compare: IssueOrder;
}

/** `id`: by ascending id; the table has it at hand. */
export type IssueOrder =
  | 'id'
  | ((one: RedmineIssue, other: RedmineIssue) => number);

interface Generated {
  count: number;
  issueOf(id: number): RedmineIssue;
  /** Ids by the conditions that they fulfil. */
  selections: Map<string, Uint32Array>;
}

/** A run of sorted ids, some of which are left out. */
class Unwritten {
  constructor(
    private readonly sorted: Uint32Array,
    private readonly start: number,
    /** Indexes in `sorted`, ascending. */
    private readonly gone: readonly number[],
  ) {}

  get length(): number {
    return this.sorted.length - this.start - this.gone.length;
  }

  ids(offset: number, limit: number): number[] {
    let index = this.start + offset;
    for (const gone of this.gone) if (gone <= index) index += 1;
    const gone = new Set(this.gone);
    const ids: number[] = [];
    for (; index < this.sorted.length && ids.length < limit; index++) {
      if (!gone.has(index)) ids.push(this.sorted[index]);
    }
    return ids;
  }
}

/**
 * The issues. Those that were written are kept; a large number of others can be
 * generated, which cost nothing before they are looked at. A page in the order of
 * ids then costs no more than its rows and those that were written.
 */
export class IssueTable {
  private generated: Generated = {
    count: 0,
    issueOf: id => {
      throw new Error(`No issue ${id} was generated`);
    },
    selections: new Map(),
  };

  /** What was written by id; `undefined` where it was deleted. */
  private readonly written = new Map<number, RedmineIssue | undefined>();
  private lastId = 0;

  /**
   * Generates issues with the ids from 1 to `count`. The same id must give the
   * same issue, and a higher one none that was changed earlier.
   */
  generate(count: number, issueOf: (id: number) => RedmineIssue): void {
    if (this.lastId > 0) throw new Error('There are issues already');
    this.generated = { count, issueOf, selections: new Map() };
    this.lastId = count;
  }

  nextId(): number {
    return this.lastId + 1;
  }

  get(id: number): RedmineIssue | undefined {
    if (this.written.has(id)) return this.written.get(id);
    return Number.isInteger(id) && id >= 1 && id <= this.generated.count
      ? this.generated.issueOf(id)
      : undefined;
  }

  put(issue: RedmineIssue): void {
    this.written.set(issue.id, issue);
    this.lastId = Math.max(this.lastId, issue.id);
  }

  delete(id: number): void {
    if (!this.get(id)) throw new Error(`No issue ${id}`);
    this.written.set(id, undefined);
  }

  /** One page of a selection, and how many issues it has altogether. */
  select(
    selection: IssueSelection,
    page: { offset: number; limit: number },
  ): { issues: RedmineIssue[]; total: number } {
    const written = [...this.written.values()].filter(
      (issue): issue is RedmineIssue =>
        issue !== undefined && isSelected(issue, selection),
    );
    const unwritten = this.unwritten(selection);
    const total = written.length + unwritten.length;
    const { offset, limit } = page;
    if (selection.compare !== 'id') {
      const all = [
        ...written,
        ...unwritten.ids(0, unwritten.length).map(this.generated.issueOf),
      ].sort(selection.compare);
      return { issues: all.slice(offset, offset + limit), total };
    }
    written.sort((one, other) => one.id - other.id);
    return { issues: this.merged(written, unwritten, page), total };
  }

  private merged(
    written: RedmineIssue[],
    unwritten: Unwritten,
    { offset, limit }: { offset: number; limit: number },
  ): RedmineIssue[] {
    // As many unwritten ones as that precede the page, wherever the written ones are.
    const skipped = Math.max(offset - written.length, 0);
    const unwrittenIds = unwritten.ids(skipped, offset + limit - skipped);
    return [...written, ...unwrittenIds.map(this.generated.issueOf)]
      .sort((one, other) => one.id - other.id)
      .slice(offset - skipped, offset - skipped + limit);
  }

  /** The generated issues of a selection that were not written since. */
  private unwritten(selection: IssueSelection): Unwritten {
    const ids = this.generatedIds(selection);
    const { fromId, updatedAfter } = selection;
    let start = fromId === undefined ? 0 : lowerBound(ids, id => id >= fromId);
    if (updatedAfter !== undefined) {
      const { issueOf } = this.generated;
      start = Math.max(
        start,
        lowerBound(ids, id => issueOf(id).updatedOn > updatedAfter),
      );
    }
    const gone = [...this.written.keys()]
      .filter(id => id <= this.generated.count)
      .map(id => lowerBound(ids, other => other >= id))
      .filter(
        index => index >= start && this.written.has(ids[index] ?? Number.NaN),
      )
      .sort((a, b) => a - b);
    return new Unwritten(ids, start, [...new Set(gone)]);
  }

  private generatedIds({ name, matches }: IssueSelection): Uint32Array {
    const { count, issueOf, selections } = this.generated;
    const known = selections.get(name);
    if (known) return known;
    const ids = new Uint32Array(count);
    let found = 0;
    for (let id = 1; id <= count; id++) {
      if (matches(issueOf(id))) ids[found++] = id;
    }
    const selected = ids.slice(0, found);
    selections.set(name, selected);
    return selected;
  }
}

function isSelected(issue: RedmineIssue, selection: IssueSelection): boolean {
  const { fromId, updatedAfter, matches } = selection;
  return (
    (fromId === undefined || issue.id >= fromId) &&
    (updatedAfter === undefined || issue.updatedOn > updatedAfter) &&
    matches(issue)
  );
}

/** The first index from which on the condition holds. */
function lowerBound(ids: Uint32Array, holds: (id: number) => boolean): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(ids[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}
