import { createHash } from 'node:crypto';

/**
 * Names the rules by which a source classifies tickets. Kept in a cursor, it
 * tells that everything has to be read again because the rules were others.
 *
 * @param rules - anything that JSON can tell apart
 * @public
 */
export function rulesFingerprint(rules: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(rules))
    .digest('base64url')
    .slice(0, 12);
}
