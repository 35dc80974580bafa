import { z } from 'zod';

/**
 * ISO 8601 in UTC, such as `2026-07-01T08:00:00.000Z`.
 *
 * @public
 */
export const isoInstantSchema = z.iso
  .datetime()
  .describe('ISO 8601 instant in UTC');

const limitSchema = z.coerce
  .number()
  .int()
  .min(1)
  .max(200)
  .default(50)
  .describe('How many items a page holds at most');

/**
 * The parameters of every list.
 *
 * @public
 */
export const pageQuerySchema = z.object({
  limit: limitSchema,
  cursor: z
    .string()
    .max(2000)
    .optional()
    .describe('The nextCursor of the page before'),
});

/**
 * One page of a list.
 *
 * @public
 */
export interface Page<T> {
  items: T[];
  /** How many items the query matches, over all pages. */
  totalItems: number;
  /** Leads to the next page; absent on the last one. */
  nextCursor?: string;
  /** When the list was read, ISO 8601. */
  asOf: string;
}

/**
 * The schema of one page of a list.
 *
 * @public
 */
export function pageSchema<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    totalItems: z.number().int().min(0),
    nextCursor: z.string().optional(),
    asOf: isoInstantSchema,
  });
}

/**
 * A query parameter that may be given several times, or once.
 *
 * @public
 */
export function several<T extends z.ZodType>(value: T) {
  return z.preprocess(
    given => (given === undefined || Array.isArray(given) ? given : [given]),
    z.array(value).max(100).optional(),
  );
}
