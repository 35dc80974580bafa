import { z } from 'zod';
import { FisError } from '../api/FisError';

const tokenSchema = z.tuple([z.string(), z.string()]);

export interface PageRequest {
  maxResults?: number;
  nextToken?: string;
}

/** The most that a page holds, and what it holds unless told otherwise. */
const MAX_RESULTS = 100;

/**
 * A page of a list that is ordered by id, which is to say by chance: the API
 * promises no order.
 *
 * @param list - what is listed and how it is filtered; a token of another list
 * is refused
 * @param fetch - up to `limit` items whose ids come after `after`
 */
export async function page<T extends { id: string }>(
  list: string,
  { maxResults = MAX_RESULTS, nextToken }: PageRequest,
  fetch: (after: string, limit: number) => Promise<T[]>,
): Promise<{ items: T[]; nextToken?: string }> {
  const after = nextToken === undefined ? '' : readToken(list, nextToken);
  const items = await fetch(after, maxResults + 1);
  if (items.length <= maxResults) return { items };
  const kept = items.slice(0, maxResults);
  return { items: kept, nextToken: writeToken(list, kept[maxResults - 1].id) };
}

function writeToken(list: string, after: string): string {
  return Buffer.from(JSON.stringify([list, after])).toString('base64url');
}

function readToken(list: string, token: string): string {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(token, 'base64url').toString());
  } catch {
    parsed = undefined;
  }
  const result = tokenSchema.safeParse(parsed);
  if (!result.success || result.data[0] !== list) {
    throw new FisError('ValidationException', 'The nextToken is not valid.');
  }
  return result.data[1];
}
