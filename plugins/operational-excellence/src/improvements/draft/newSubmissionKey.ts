/**
 * A key that no other submission has. Not `randomUUID`, which browsers leave out
 * where a portal is not served by https.
 */
export function newSubmissionKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
