const MARKER = 'operational-excellence-key:';

/**
 * Puts the key under which an issue is filed into its description: as the last
 * line, so that a mention of a key anywhere else does not count.
 */
export function withMarker(
  description: string,
  idempotencyKey: string,
): string {
  const text = description.trimEnd();
  const line = `${MARKER} ${written(idempotencyKey)}`;
  return text ? `${text}\n\n${line}` : line;
}

/** Whether an issue was filed under a key. */
export function hasMarker(
  description: string | null | undefined,
  idempotencyKey: string,
): boolean {
  const lastLine = (description ?? '').trimEnd().split(/\r?\n/).at(-1);
  return lastLine?.trim() === `${MARKER} ${written(idempotencyKey)}`;
}

/** What of the marker to search for: one word without what a search could take for its own. */
export function markerWord(idempotencyKey: string): string {
  return written(idempotencyKey);
}

function written(idempotencyKey: string): string {
  return encodeURIComponent(idempotencyKey);
}
