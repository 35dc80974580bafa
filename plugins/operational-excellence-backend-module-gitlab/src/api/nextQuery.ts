/** The parameters of a request. */
export type Query = Record<string, string | number | undefined>;

/**
 * The parameters of the next page, as `Link` names it. Only those are taken from
 * there: behind a proxy the address itself can be another one.
 */
export function nextQuery(headers: Headers): Query | undefined {
  const next = (headers.get('link') ?? '')
    .split(/,\s*(?=<)/)
    .map(link => /^<([^>]*)>\s*;.*\brel="?next"?/.exec(link)?.[1])
    .find(url => url !== undefined && URL.canParse(url));
  return next === undefined
    ? undefined
    : Object.fromEntries(new URL(next).searchParams);
}
