import { createHash } from 'node:crypto';

const MARKER =
  /^<!-- backstage-plugin-operational-excellence filed ([\da-f]{64}) -->[ \t\r]*$/gm;

/**
 * The line by which an issue is known as the one that was filed under a key. It
 * holds a digest: the key may be any text, and who mentions it does not write
 * a marker.
 */
export function writeMarker(idempotencyKey: string): string {
  return `<!-- backstage-plugin-operational-excellence filed ${digestOf(
    idempotencyKey,
  )} -->`;
}

/**
 * The digest in the marker of an issue's body. Only a line of its own is one, not
 * a quotation; and of several the last, because ours stands behind the
 * description, whatever that may hold.
 */
export function readMarker(body: string): string | undefined {
  return [...body.matchAll(MARKER)].at(-1)?.[1];
}

/** What {@link readMarker} finds where an issue was filed under a key. */
export function digestOf(idempotencyKey: string): string {
  return createHash('sha256').update(idempotencyKey).digest('hex');
}
