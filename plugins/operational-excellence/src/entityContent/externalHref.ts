/**
 * The address of a page that may be linked to; `undefined` for any other, such
 * as `javascript:`. Addresses come from outside.
 */
export function externalHref(url: string | null): string | undefined {
  if (!url || !URL.canParse(url)) return undefined;
  const { href, protocol } = new URL(url);
  return protocol === 'https:' || protocol === 'http:' ? href : undefined;
}
