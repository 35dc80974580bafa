import { z } from 'zod';

const instant = z.number().int();

const walkSchema = z.object({
  /** Only what was updated since; everything without it. */
  since: instant.optional(),
  /** Only the issues of that project. */
  projectId: z.number().int().optional(),
  /** The highest id that was read. */
  after: z.number().int(),
  /** Redmine's clock and ours when the walk began. */
  startedAt: instant,
  ourStartedAt: instant,
});

const cursorSchema = z.object({
  /** The rules by which everything so far was classified. */
  rules: z.string(),
  /**
   * By Redmine's clock: everything that was updated before that instant was read,
   * of the projects that are covered.
   */
  since: instant.optional(),
  /** Our clock when that was read. */
  readAt: instant.optional(),
  /** The newest change seen, by Redmine's clock. */
  newest: instant.optional(),
  /** The numbers of the projects that were read from their beginning. */
  covered: z.array(z.number().int()).optional(),
  /** A walk that is not finished. */
  walk: walkSchema.optional(),
});

/** A walk through issues, and how far it got. */
export type Walk = z.infer<typeof walkSchema>;

/** Where the reading of an instance stands. */
export type IssueCursor = z.infer<typeof cursorSchema>;

export function writeCursor(cursor: IssueCursor): string {
  return JSON.stringify(cursor);
}

/**
 * Reads a cursor. Where to start is the beginning if there is none, if it is not
 * ours, or if the rules were others: what was classified by those has to be read
 * again.
 */
export function readCursor(
  text: string | undefined,
  rules: string,
): IssueCursor {
  const start = { rules };
  if (text === undefined) return start;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // Not one of ours. Reading too much does no harm, reading too little does.
    return start;
  }
  const cursor = cursorSchema.safeParse(json);
  return cursor.success && cursor.data.rules === rules ? cursor.data : start;
}
