import { z } from 'zod';

/** How far the reading of a scope has come. */
export interface Progress {
  /** The newest update seen of the covered containers. */
  since: number | undefined;
  /** The containers that were read from the beginning. */
  covered: string[];
  /** Containers that are being read from the beginning, and how far that is. */
  catchUp: { containers: string[]; position: number } | undefined;
}

const cursorSchema = z.object({
  since: z.number().optional(),
  covered: z.array(z.string()),
  catchUp: z
    .object({ containers: z.array(z.string()), position: z.number() })
    .optional(),
  rules: z.string(),
});

const NOTHING: Progress = { since: undefined, covered: [], catchUp: undefined };

/**
 * Where to go on; at the beginning where issues were classed by other rules, or
 * where another version wrote the cursor.
 */
export function readCursor(
  cursor: string | undefined,
  rules: string,
): Progress {
  if (cursor === undefined) return NOTHING;
  const read = cursorSchema.safeParse(JSON.parse(cursor));
  if (!read.success || read.data.rules !== rules) return NOTHING;
  const { since, covered, catchUp } = read.data;
  return { since, covered, catchUp };
}

export function writeCursor(progress: Progress, rules: string): string {
  return JSON.stringify({ ...progress, rules });
}
