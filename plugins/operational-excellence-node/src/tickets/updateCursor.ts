import { z } from 'zod';

const cursorSchema = z.object({
  /** Everything that was updated before that instant was read. */
  since: z
    .string()
    .refine(text => !Number.isNaN(Date.parse(text)))
    .optional(),
  /** The rules by which everything so far was classified. */
  rules: z.string(),
  /** The state of the list that the next run asks for, where it is known. */
  etag: z.string().optional(),
  /** Tells the pages of one instant apart; where to go on is told by `since`. */
  page: z.number().optional(),
});

/**
 * Where the reading of issues in the order of their last update stands.
 *
 * @public
 */
export type UpdateCursor = z.infer<typeof cursorSchema>;

/** @public */
export function writeUpdateCursor(cursor: UpdateCursor): string {
  return JSON.stringify(cursor);
}

/**
 * Reads a cursor. Where to start is the beginning if there is none, if it is not
 * ours, or if the rules were others: what was classified by those has to be read
 * again.
 *
 * @public
 */
export function readUpdateCursor(
  text: string | undefined,
  rules: string,
): UpdateCursor {
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
