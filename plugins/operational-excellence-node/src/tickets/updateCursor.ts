import { z } from 'zod';

/**
 * Where the reading of issues in the order of their last update stands.
 *
 * @public
 */
export interface UpdateCursor {
  /** Everything that was updated before that instant was read. */
  since?: string;
  /** The rules by which everything so far was classified. */
  rules: string;
  /** The state of the list that the next run asks for, where it is known. */
  etag?: string;
  /** Tells the pages of one instant apart; where to go on is told by `since`. */
  page?: number;
}

const cursorSchema: z.ZodType<UpdateCursor> = z.object({
  since: z
    .string()
    .refine(text => !Number.isNaN(Date.parse(text)))
    .optional(),
  rules: z.string(),
  etag: z.string().optional(),
  page: z.number().optional(),
});

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
