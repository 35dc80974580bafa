/**
 * An address that a browser may be sent to; `null` for any other text.
 *
 * @public
 */
export function webUrl(text: string | null | undefined): string | null {
  if (!text || !URL.canParse(text)) return null;
  return /^https?:$/.test(new URL(text).protocol) ? text : null;
}
