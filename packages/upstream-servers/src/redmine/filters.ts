import { IssueOrder, IssueSelection } from './IssueTable';
import { RedmineIssue, RedmineProject, RedmineStatus } from './records';

/** A filter that Redmine refuses; it answers 422. */
export class InvalidFilter extends Error {}

type Query = Record<string, unknown>;

type Test = (issue: RedmineIssue) => boolean;

/** The first operator that a filter's text starts with is its operator. */
const OPERATORS = ['><', '>=', '<=', '!*', '!~', '=', '!', '*', '~', 'o', 'c'];

const TIMESTAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;

interface Filter {
  operator: string;
  values: string[];
}

const LISTS: Record<string, (issue: RedmineIssue) => number | null> = {
  tracker_id: issue => issue.trackerId,
  priority_id: issue => issue.priorityId,
  assigned_to_id: issue => issue.assigneeId,
};

const DATES: Record<string, (issue: RedmineIssue) => number | null> = {
  created_on: issue => issue.createdOn,
  updated_on: issue => issue.updatedOn,
  closed_on: issue => issue.closedOn,
};

interface Known {
  statuses: readonly RedmineStatus[];
  /** The project in whose address the list is asked for. */
  project?: RedmineProject;
  /** Whether one project is a subproject of another, however deep. */
  isWithin(project: number, ancestor: number): boolean;
  /** Which issues the caller sees. */
  isVisible: Test;
  /** For whom the list is; the name changes with what the viewer sees. */
  viewer: { id: number; name: string };
}

/** Reads the query of a list of issues as Redmine does: what it does not know, it ignores. */
export function readSelection(query: Query, known: Known): IssueSelection {
  const tests: Test[] = [known.isVisible];
  const { statuses, project, viewer } = known;
  const isClosed = new Map(statuses.map(s => [s.id, s.isClosed]));

  const status = filterOf(query.status_id) ?? { operator: 'o', values: [] };
  if (status.operator === 'o' || status.values[0] === 'open') {
    tests.push(issue => isClosed.get(issue.statusId) === false);
  } else if (status.operator === 'c' || status.values[0] === 'closed') {
    tests.push(issue => isClosed.get(issue.statusId) === true);
  } else if (status.operator !== '*') {
    tests.push(listTest(status, issue => issue.statusId));
  }

  if (project) {
    const only = filterOf(query.subproject_id)?.operator === '!*';
    tests.push(issue =>
      only
        ? issue.projectId === project.id
        : known.isWithin(issue.projectId, project.id),
    );
  }
  for (const [name, valueOf] of Object.entries(LISTS)) {
    const filter = filterOf(query[name]);
    if (filter) tests.push(listTest(filter, valueOf));
  }
  const author = filterOf(query.author_id);
  if (author) {
    const values = author.values.map(value =>
      value === 'me' ? String(viewer.id) : value,
    );
    tests.push(listTest({ ...author, values }, issue => issue.authorId));
  }
  for (const [name, value] of Object.entries(query)) {
    const field = /^cf_(\d+)$/.exec(name)?.[1];
    const filter = field && filterOf(value);
    if (filter) {
      tests.push(listTest(filter, issue => issue.customFields[Number(field)]));
    }
  }
  for (const name of ['subject', 'description'] as const) {
    const filter = filterOf(query[name]);
    if (filter) tests.push(textTest(filter, issue => issue[name]));
  }
  const updatedAfter = readUpdatedAfter(query);
  for (const [name, instantOf] of Object.entries(DATES)) {
    const filter = filterOf(query[name]);
    const isLookedUp = name === 'updated_on' && updatedAfter !== undefined;
    if (filter && !isLookedUp) tests.push(dateTest(filter, instantOf));
  }
  const ids = readIds(query);
  if (ids.test) tests.push(ids.test);
  return {
    fromId: ids.fromId,
    updatedAfter,
    matches: issue => tests.every(test => test(issue)),
    name: nameOf(query, known, updatedAfter !== undefined),
    compare: readOrder(query.sort),
  };
}

function filterOf(value: unknown): Filter | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  if (value === 'open' || value === 'closed') {
    return { operator: value[0], values: [] };
  }
  const operator =
    OPERATORS.find(known => value.startsWith(known) && isWhole(known, value)) ??
    '';
  return {
    operator: operator || '=',
    values: value.slice(operator.length).split(/[|,]/).filter(Boolean),
  };
}

/** `o` and `c` stand alone; `open` is a word. */
function isWhole(operator: string, value: string): boolean {
  return !/^[a-z]$/.test(operator) || value === operator;
}

function listTest(
  { operator, values }: Filter,
  valueOf: (
    issue: RedmineIssue,
  ) => number | string | string[] | null | undefined,
): Test {
  const wanted = new Set(values);
  return issue => {
    const value = valueOf(issue);
    const all = (Array.isArray(value) ? value : [value])
      .filter(one => one !== null && one !== undefined && one !== '')
      .map(String);
    if (operator === '*') return all.length > 0;
    if (operator === '!*') return all.length === 0;
    const has = all.some(one => wanted.has(one));
    return operator === '!' ? !has : has;
  };
}

function textTest(
  { operator, values }: Filter,
  textOf: (issue: RedmineIssue) => string,
): Test {
  const words = values
    .join(',')
    .toLowerCase()
    .split(/\s+/)
    .filter(word => word.length > 1);
  const holds = (text: string) =>
    words.every(word => text.toLowerCase().includes(word));
  return issue => {
    const text = textOf(issue);
    if (operator === '*') return text !== '';
    if (operator === '!*') return text === '';
    if (operator === '~') return holds(text);
    return operator === '!~' ? !holds(text) : text === values.join(',');
  };
}

function dateTest(
  { operator, values }: Filter,
  instantOf: (issue: RedmineIssue) => number | null,
): Test {
  const [from, to = from] = values.map(readDate);
  // Redmine compares with `>` the second before, so that it is inclusive; what
  // happened within that second is included as well.
  const after = from && (from.isDate ? from.at - 1 : from.at - 1000);
  const until = to && (to.isDate ? to.at + DAY_MS - 1 : to.at);
  return issue => {
    const at = instantOf(issue);
    if (operator === '*') return at !== null;
    if (operator === '!*') return at === null;
    if (at === null || after === undefined || until === undefined) return false;
    if (operator === '>=') return at > after;
    if (operator === '<=') return at <= until;
    return at > after && at <= until;
  };
}

function readDate(text: string): { at: number; isDate: boolean } {
  if (!TIMESTAMP.test(text) && !DATE.test(text)) {
    throw new InvalidFilter('is not a valid date');
  }
  return { at: Date.parse(text), isDate: DATE.test(text) };
}

/** Redmine's filter of ids is one of integers: a list, or a range. */
function readIds(query: Query): { fromId?: number; test?: Test } {
  const filter = filterOf(query.issue_id);
  if (!filter) return {};
  const { operator, values } = filter;
  const numbers = values.map(Number);
  if (numbers.some(number => !Number.isInteger(number))) {
    throw new InvalidFilter('Issue is not a number');
  }
  switch (operator) {
    case '>=':
      return { fromId: numbers[0] };
    case '<=':
      return { test: ({ id }) => id <= numbers[0] };
    case '><':
      return { fromId: numbers[0], test: ({ id }) => id <= numbers[1] };
    default: {
      const wanted = new Set(numbers);
      return { test: ({ id }) => wanted.has(id) };
    }
  }
}

/** A lower bound of the last change, which the table looks up. */
function readUpdatedAfter(query: Query): number | undefined {
  const filter = filterOf(query.updated_on);
  if (filter?.operator !== '>=') return undefined;
  const { at, isDate } = readDate(filter.values[0] ?? '');
  return isDate ? at - 1 : at - 1000;
}

/** What the conditions are, leaving out what the table looks up. */
function nameOf(
  { issue_id, updated_on, offset, limit, sort, ...rest }: Query,
  { project, viewer }: Known,
  looksUpUpdate: boolean,
): string {
  const ids = typeof issue_id === 'string' && /^>=/.test(issue_id);
  return JSON.stringify([
    viewer.name,
    project?.id,
    rest,
    ids ? null : issue_id,
    looksUpUpdate ? null : updated_on,
  ]);
}

const ORDERS: Record<string, (issue: RedmineIssue) => number> = {
  id: issue => issue.id,
  created_on: issue => issue.createdOn,
  updated_on: issue => issue.updatedOn,
  closed_on: issue => issue.closedOn ?? 0,
  priority: issue => issue.priorityId,
};

/** Like `updated_on:asc,id:desc`; the newest issue first if left out. */
function readOrder(sort: unknown): IssueOrder {
  const criteria = (typeof sort === 'string' ? sort : '')
    .split(',')
    .map(criterion => criterion.split(':'))
    .filter(([column]) => column in ORDERS)
    .map(([column, direction]) => ({
      column,
      sign: direction === 'desc' ? -1 : 1,
    }));
  if (criteria[0]?.column === 'id' && criteria[0].sign === 1) return 'id';
  criteria.push({ column: 'id', sign: -1 });
  return (one, other) => {
    for (const { column, sign } of criteria) {
      const difference = ORDERS[column](one) - ORDERS[column](other);
      if (difference !== 0) return sign * difference;
    }
    return 0;
  };
}
