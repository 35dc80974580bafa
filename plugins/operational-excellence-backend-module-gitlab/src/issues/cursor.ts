import { z } from 'zod';

const cursorSchema = z.object({
  /** Everything that was updated before that instant was read. */
  since: z
    .string()
    .refine(text => !Number.isNaN(Date.parse(text)))
    .optional(),
  /** The rules by which everything so far was classified. */
  rules: z.string(),
  /** Tells the pages of one instant apart; where to go on is told by `since`. */
  page: z.number().optional(),
});

/** Where the reading of a project or group stands. */
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
