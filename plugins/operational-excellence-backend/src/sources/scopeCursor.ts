import { InputError } from '@backstage/errors';

/** Where a page of scopes ends, as the next page is asked for. */
export function encodeScopeCursor(lastKey: string): string {
  return Buffer.from(JSON.stringify([lastKey])).toString('base64url');
}

/** @throws InputError where it is not a cursor of a list of scopes */
export function decodeScopeCursor(cursor: string): string {
  const [lastKey] = parse(cursor);
  if (typeof lastKey !== 'string') {
    throw new InputError(
      'The cursor does not belong to a list of scopes; leave it out to start with the first page',
    );
  }
  return lastKey;
}

function parse(cursor: string): unknown[] {
  try {
    const decoded = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(decoded) ? decoded : [];
  } catch {
    // What cannot be decoded is told apart from a cursor by what it lacks.
    return [];
  }
}
