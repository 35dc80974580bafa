import { isError } from '@backstage/errors';

const MAX_LENGTH = 1000;

/** Thrown where we could not store what a source delivered. */
export class StoringError extends Error {
  override readonly name = 'StoringError';

  constructor(cause: unknown) {
    super(
      'What the source delivered could not be stored; the log of the backend says why',
      { cause },
    );
  }
}

/** What people are told of a failed run, on one line and without credentials. */
export function failureWords(error: unknown): string {
  const words = isError(error) ? error.message : String(error);
  const line = words
    .replace(/\s+/g, ' ')
    .replace(/:\/\/[^/\s@]+@/g, '://')
    .trim();
  return line.length > MAX_LENGTH ? `${line.slice(0, MAX_LENGTH)}…` : line;
}

/**
 * The same for logs. A database driver puts the statement and all its values
 * before what the database said, which nobody needs there.
 */
export function logWords(error: unknown): string {
  if (!isError(error) || !isDatabaseError(error)) return failureWords(error);
  return failureWords(
    error.message.slice(error.message.lastIndexOf(' - ') + 1),
  );
}

/** By SQLSTATE, SQLite's name of the error, or what a lost connection says. */
function isDatabaseError(error: Error & { code?: unknown }) {
  return (
    /^([0-9A-Z]{5}|SQLITE_\w+)$/.test(String(error.code)) ||
    / - Connection terminated( unexpectedly)?$/.test(error.message)
  );
}
