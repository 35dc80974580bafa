import { z } from 'zod';

/**
 * The parameters of `GET /time`.
 *
 * @public
 */
export const timeQuerySchema = z.object({
  owner: z
    .string()
    .min(1)
    .max(500)
    .describe('An owner reference; services of nested groups are included'),
});

/** @public */
export type TimeQuery = z.output<typeof timeQuerySchema>;
