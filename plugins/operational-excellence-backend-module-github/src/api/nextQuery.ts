/** The parameters of a query. */
export type Query = Record<string, string>;

const LINK = /<([^<>]*)>\s*((?:;\s*[\w*]+\s*=\s*(?:"[^"]*"|[^\s",;]+)\s*)*)/g;

const REL = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s",;]+))/i;

/**
 * The query of the next page, as the `Link` header (RFC 8288) names it; whether
 * it counts pages or holds an opaque cursor is up to the server. Of the target,
 * nothing but the query is used: credentials stay on the host that was
 * configured, also where the server is known by another name from within.
 */
export function nextQuery(headers: Headers): Query | undefined {
  for (const [, target, parameters] of (headers.get('link') ?? '').matchAll(
    LINK,
  )) {
    const rel = REL.exec(parameters);
    const relations = (rel?.[1] ?? rel?.[2] ?? '').toLowerCase().split(/\s+/);
    if (relations.includes('next')) return queryOf(target);
  }
  return undefined;
}

function queryOf(target: string): Query {
  const from = target.indexOf('?');
  return from < 0
    ? {}
    : Object.fromEntries(new URLSearchParams(target.slice(from)));
}
