import { InputError } from '@backstage/errors';
import { z } from 'zod';

/** Where a page of a list ends, as the next page is asked for. */
export function encodePosition(position: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/**
 * @param options - `schema`: the position in the list; `list`: what is listed
 * @throws InputError where it is not a cursor of such a list
 */
export function decodePosition<T extends z.ZodType>(
  cursor: string,
  options: { schema: T; list: string },
): z.output<T> {
  const parsed = options.schema.safeParse(parse(cursor));
  if (parsed.success) return parsed.data;
  throw new InputError(
    `The cursor does not belong to a list of ${options.list}; leave it out to start with the first page`,
  );
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    // What cannot be decoded is told apart from a cursor by what it lacks.
    return undefined;
  }
}
