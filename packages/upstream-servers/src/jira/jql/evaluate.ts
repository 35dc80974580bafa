import {
  CATEGORY_NAMES,
  compareKeys,
  JiraIssue,
  PRIORITIES,
  statusOf,
} from '../model';
import { Clause, Query } from './parseJql';
import { JqlError } from './tokens';

/** What a query can be checked against before it runs. */
export interface JqlContext {
  isProject(name: string): boolean;
  isIssue(idOrKey: string): boolean;
  now: number;
}

type Predicate = (issue: JiraIssue) => boolean;

const NAMES: Record<string, (issue: JiraIssue) => string[]> = {
  project: ({ projectKey }) => [projectKey],
  labels: ({ labels }) => labels,
  component: ({ components }) => components,
  issuetype: ({ issueType }) => [issueType],
  status: ({ statusId }) => [statusOf(statusId).name, statusId],
  statuscategory: ({ statusId }) => {
    const { category } = statusOf(statusId);
    return [CATEGORY_NAMES[category], category];
  },
  priority: ({ priority }) => [priority],
  assignee: ({ assignee }) => (assignee === null ? [] : [assignee]),
  issuekey: ({ key, id }) => [key, String(id)],
  resolution: ({ resolved }) => (resolved === null ? [] : ['Done']),
};

const DATES: Record<string, (issue: JiraIssue) => number | null> = {
  updated: ({ updated }) => updated,
  created: ({ created }) => created,
  resolutiondate: ({ resolved }) => resolved,
};

const TEXTS: Record<string, (issue: JiraIssue) => string> = {
  summary: ({ summary }) => summary,
  description: ({ description }) => JSON.stringify(description ?? ''),
  text: ({ summary, description }) =>
    `${summary} ${JSON.stringify(description ?? '')}`,
};

const ALIASES: Record<string, string> = {
  key: 'issuekey',
  id: 'issuekey',
  issue: 'issuekey',
  type: 'issuetype',
  components: 'component',
  label: 'labels',
  updateddate: 'updated',
  createddate: 'created',
  resolved: 'resolutiondate',
};

export function fieldNamed(name: string): string {
  return ALIASES[name] ?? name;
}

/** Makes a predicate of a clause, and refuses what the site does not know. */
export function predicateOf(clause: Clause, context: JqlContext): Predicate {
  switch (clause.type) {
    case 'and': {
      const all = clause.clauses.map(part => predicateOf(part, context));
      return issue => all.every(matches => matches(issue));
    }
    case 'or': {
      const any = clause.clauses.map(part => predicateOf(part, context));
      return issue => any.some(matches => matches(issue));
    }
    case 'not': {
      const matches = predicateOf(clause.clause, context);
      return issue => !matches(issue);
    }
    default:
      return termPredicate(clause, context);
  }
}

function termPredicate(
  term: Extract<Clause, { type: 'term' }>,
  context: JqlContext,
): Predicate {
  const field = fieldNamed(term.field);
  const { operator, values } = term;
  const date = DATES[field];
  if (date) {
    const wanted = instantOf(values[0], field, context.now);
    return issue => {
      const at = date(issue);
      return at !== null && compares(at - wanted, operator);
    };
  }
  const text = TEXTS[field];
  if (text) {
    if (operator !== '~' && operator !== '!~') {
      throw new JqlError(
        `The operator '${operator}' is not supported by the '${term.field}' field.`,
      );
    }
    const words = values[0].toLowerCase();
    return issue =>
      text(issue).toLowerCase().includes(words) === (operator === '~');
  }
  const names = NAMES[field];
  if (!names) {
    throw new JqlError(
      `Field '${term.field}' does not exist or you do not have permission to view it.`,
    );
  }
  checkValues(field, values, context);
  const wanted = new Set(values.map(value => value.toLowerCase()));
  const isAny: Predicate = issue =>
    names(issue).some(name => wanted.has(name.toLowerCase()));
  switch (operator) {
    case '=':
    case 'in':
      return isAny;
    // Who has none does not match a comparison, not even a negative one.
    case '!=':
    case 'not in':
      return issue => names(issue).length > 0 && !isAny(issue);
    case 'is':
      return issue => names(issue).length === 0;
    case 'is not':
      return issue => names(issue).length > 0;
    default:
      throw new JqlError(
        `The operator '${operator}' is not supported by the '${term.field}' field.`,
      );
  }
}

function checkValues(field: string, values: string[], context: JqlContext) {
  for (const value of values) {
    if (field === 'project' && !context.isProject(value)) {
      throw new JqlError(
        `The value '${value}' does not exist for the field 'project'.`,
      );
    }
    if (field === 'issuekey' && !context.isIssue(value)) {
      throw new JqlError(
        `An issue with key '${value}' does not exist for field 'issuekey'.`,
      );
    }
  }
}

const UNIT_MS: Record<string, number> = {
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** The account's time zone, which is not UTC for most people. */
const ACCOUNT_OFFSET_MS = 5 * 3_600_000;

function instantOf(value: string, field: string, now: number): number {
  if (/^\d{5,}$/.test(value)) return Number(value);
  const relative = /^([+-]?)(\d+)([mhdw])$/.exec(value);
  if (relative) {
    const [, sign, count, unit] = relative;
    return now + (sign === '-' ? -1 : 1) * Number(count) * UNIT_MS[unit];
  }
  if (/^\d{4}[-/]\d{2}[-/]\d{2}( \d{2}:\d{2})?$/.test(value)) {
    const [day, time = '00:00'] = value.replaceAll('/', '-').split(' ');
    return Date.parse(`${day}T${time}:00Z`) - ACCOUNT_OFFSET_MS;
  }
  throw new JqlError(
    `Date value '${value}' for field '${field}' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.`,
  );
}

function compares(difference: number, operator: string): boolean {
  switch (operator) {
    case '=':
      return difference === 0;
    case '!=':
      return difference !== 0;
    case '>':
      return difference > 0;
    case '>=':
      return difference >= 0;
    case '<':
      return difference < 0;
    case '<=':
      return difference <= 0;
    default:
      throw new JqlError(`The operator '${operator}' is not supported here.`);
  }
}

/** What every match must fulfil, so that not everything has to be looked at. */
export interface Bounds {
  projects?: ReadonlySet<string>;
  updatedFrom: number;
  issues?: string[];
  /** Whether the bounds say all that the query does. */
  isAll: boolean;
}

export function boundsOf(where: Clause | undefined, now: number): Bounds {
  const bounds: Bounds = { updatedFrom: 0, isAll: true };
  for (const part of where ? flat(where) : []) {
    const isEqual =
      part.type === 'term' && (part.operator === 'in' || part.operator === '=');
    const field = part.type === 'term' ? fieldNamed(part.field) : '';
    if (part.type !== 'term') {
      bounds.isAll = false;
    } else if (field === 'project' && isEqual && !bounds.projects) {
      bounds.projects = new Set(part.values.map(key => key.toUpperCase()));
    } else if (field === 'updated' && part.operator === '>=') {
      bounds.updatedFrom = Math.max(
        bounds.updatedFrom,
        instantOf(part.values[0], field, now),
      );
    } else {
      bounds.isAll = false;
      if (isEqual && field === 'issuekey') bounds.issues = part.values;
    }
  }
  return bounds;
}

function flat(clause: Clause): Clause[] {
  return clause.type === 'and' ? clause.clauses.flatMap(flat) : [clause];
}

/** Whether results come in the order in which the store keeps them. */
export function isByUpdate({ orderBy }: Query): boolean {
  const [first, second, ...rest] = orderBy;
  return (
    first !== undefined &&
    fieldNamed(first.field) === 'updated' &&
    !first.descending &&
    (second === undefined ||
      (fieldNamed(second.field) === 'issuekey' && !second.descending)) &&
    rest.length === 0
  );
}

/** The order that a query asks for; the newest issue first if it does not say. */
export function comparatorOf({ orderBy }: Query) {
  const parts = orderBy.length
    ? orderBy
    : [{ field: 'created', descending: true }];
  const comparators = parts.map(({ field, descending }) => {
    const compare = comparatorOfField(fieldNamed(field));
    return descending ? (a: JiraIssue, b: JiraIssue) => compare(b, a) : compare;
  });
  return (a: JiraIssue, b: JiraIssue) => {
    for (const compare of comparators) {
      const order = compare(a, b);
      if (order !== 0) return order;
    }
    return a.id - b.id;
  };
}

function comparatorOfField(field: string) {
  const date = DATES[field];
  if (date) {
    return (a: JiraIssue, b: JiraIssue) => (date(a) ?? 0) - (date(b) ?? 0);
  }
  if (field === 'issuekey') return compareKeys;
  if (field === 'priority') {
    return (a: JiraIssue, b: JiraIssue) =>
      PRIORITIES.indexOf(a.priority) - PRIORITIES.indexOf(b.priority);
  }
  throw new JqlError(
    `Field '${field}' does not exist or this field cannot be sorted by.`,
  );
}
