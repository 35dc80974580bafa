import { IssueQuery, BadParameter } from './IssueQuery';
import { IssueStore } from './IssueStore';
import { GitlabIssue } from './records';

/** Above that many rows GitLab does not tell how many there are. */
const MAX_COUNTED = 10_000;

/** How far pages may be turned by number where they can be turned by key. */
const MAX_OFFSET = 50_000;

/** That pages may not be turned any further, in GitLab's words. */
export class OffsetTooLarge extends Error {
  constructor() {
    super(
      `Offset pagination has a maximum allowed offset of ${MAX_OFFSET} for requests that return objects of type Issue. Remaining records can be retrieved using keyset pagination.`,
    );
  }
}

export interface IssuePage {
  issues: GitlabIssue[];
  headers: Record<string, string>;
}

/**
 * One page of issues and its headers.
 *
 * @param order - the ids of the issues, the oldest update first
 * @param options - `isVisible` says whether the caller may see an issue; all are
 * visible if left out. `url` is the address that was asked, for the links.
 * `canTurnByKey` whether this list of this release knows pages by key.
 */
export function issuePage(
  store: IssueStore,
  order: readonly number[],
  query: IssueQuery,
  options: {
    isVisible?: (issue: GitlabIssue) => boolean;
    canTurnByKey: boolean;
    url: URL;
  },
): IssuePage {
  const rows = selected(store, order, query, options.isVisible);
  if (query.byKey && options.canTurnByKey) {
    return pageByKey(store, rows, query, options.url);
  }
  const offset = (query.page - 1) * query.perPage;
  if (options.canTurnByKey && offset > MAX_OFFSET) throw new OffsetTooLarge();
  return pageByNumber(store, rows, offset, query, options.url);
}

/** The part of an order that a query means. */
interface Rows {
  ids: readonly number[];
  /** Where in `ids` they start. */
  start: number;
}

function selected(
  store: IssueStore,
  order: readonly number[],
  query: IssueQuery,
  isVisible: ((issue: GitlabIssue) => boolean) | undefined,
): Rows {
  const start =
    query.updatedAfter === undefined
      ? 0
      : store.place(order, query.updatedAfter);
  const isByUpdate = query.orderBy === 'updated_at' && query.sort === 'asc';
  if (isByUpdate && !query.isFiltered && !isVisible)
    return { ids: order, start };
  const issues = order
    .slice(start)
    .map(id => store.get(id))
    .filter(issue => query.matches(issue) && (isVisible?.(issue) ?? true))
    .sort((a, b) => keyOf(a, query) - keyOf(b, query) || a.id - b.id);
  if (query.sort === 'desc') issues.reverse();
  return { ids: issues.map(({ id }) => id), start: 0 };
}

function keyOf(issue: GitlabIssue, { orderBy }: IssueQuery): number {
  return orderBy === 'updated_at' ? issue.updatedAt : issue.createdAt;
}

function pageByNumber(
  store: IssueStore,
  { ids, start }: Rows,
  offset: number,
  query: IssueQuery,
  url: URL,
): IssuePage {
  const { page, perPage } = query;
  const total = ids.length - start;
  const pages = Math.max(1, Math.ceil(total / perPage));
  const hasNext = offset + perPage < total;
  const isCounted = total <= MAX_COUNTED;
  const at = (number: number) =>
    withQuery(url, { page: String(number), per_page: String(perPage) });
  const links = [
    ...(page > 1 ? [`<${at(page - 1)}>; rel="prev"`] : []),
    ...(hasNext ? [`<${at(page + 1)}>; rel="next"`] : []),
    `<${at(1)}>; rel="first"`,
    ...(isCounted ? [`<${at(pages)}>; rel="last"`] : []),
  ];
  return {
    issues: ids
      .slice(start + offset, start + offset + perPage)
      .map(id => store.get(id)),
    headers: {
      link: links.join(', '),
      'x-next-page': hasNext ? String(page + 1) : '',
      'x-page': String(page),
      'x-per-page': String(perPage),
      'x-prev-page': page > 1 ? String(page - 1) : '',
      ...(isCounted && {
        'x-total': String(total),
        'x-total-pages': String(pages),
      }),
    },
  };
}

function pageByKey(
  store: IssueStore,
  { ids, start }: Rows,
  query: IssueQuery,
  url: URL,
): IssuePage {
  const from = query.cursor ? placeBehind(store, { ids, start }, query) : start;
  const page = ids.slice(from, from + query.perPage);
  const issues = page.map(id => store.get(id));
  const last = issues.at(-1);
  const hasNext = from + query.perPage < ids.length;
  return {
    issues,
    headers:
      hasNext && last
        ? {
            link: `<${withQuery(url, {
              cursor: writeKey({ at: keyOf(last, query), id: last.id }),
            })}>; rel="next"`,
          }
        : {},
  };
}

interface Key {
  at: number;
  id: number;
}

function writeKey(key: Key): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

function readKey(cursor: string): Key {
  try {
    const { at, id } = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return { at: Number(at), id: Number(id) };
  } catch {
    throw new BadParameter('cursor is invalid');
  }
}

function placeBehind(
  store: IssueStore,
  { ids, start }: Rows,
  query: IssueQuery,
): number {
  const key = readKey(query.cursor!);
  if (query.orderBy === 'updated_at' && query.sort === 'asc') {
    return Math.max(start, store.place(ids, key.at, key.id + 1));
  }
  const direction = query.sort === 'asc' ? 1 : -1;
  const place = ids.findIndex(id => {
    const at = keyOf(store.get(id), query);
    return direction * (at - key.at || id - key.id) > 0;
  });
  return place === -1 ? ids.length : place;
}

function withQuery(url: URL, changes: Record<string, string>): string {
  const changed = new URL(url);
  for (const [name, value] of Object.entries(changes)) {
    changed.searchParams.set(name, value);
  }
  return changed.href;
}
