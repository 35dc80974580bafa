import { z } from 'zod';
import {
  isoInstantSchema,
  pageQuerySchema,
  pageSchema,
  several,
} from './lists';
import { measureSchema } from './services';

/**
 * A time-limited, reasoned exception to one measure of a service.
 *
 * @public
 */
export const waiverSchema = z.object({
  id: z.string(),
  entityRef: z.string(),
  entityTitle: z.string(),
  measure: measureSchema,
  reason: z.string(),
  approver: z.string().describe('The entity reference of who granted it'),
  createdAt: isoInstantSchema,
  until: isoInstantSchema,
  revokedAt: isoInstantSchema
    .nullable()
    .describe('When it was ended before its time; null where it was not'),
  revokedBy: z
    .string()
    .nullable()
    .describe('The entity reference of who ended it before its time'),
});

/**
 * Waivers that end within as many days are about to end.
 *
 * @public
 */
export const WAIVER_ENDING_SOON_DAYS = 14;

/**
 * The parameters of `GET /waivers`.
 *
 * @public
 */
export const waiverQuerySchema = pageQuerySchema.extend({
  entityRef: several(z.string().min(1)).describe('Services'),
  owner: several(z.string().min(1)).describe(
    'Owner references; services of nested groups are included',
  ),
  state: z
    .enum(['active', 'ending-soon', 'ended'])
    .optional()
    .describe(
      `Whether they apply now, of these only those that end within ${WAIVER_ENDING_SOON_DAYS} days, or apply no more; all where left out`,
    ),
  sort: z
    .enum(['-createdAt', 'until'])
    .default('-createdAt')
    .describe('Newest first, or which end or ended first'),
});

/** @public */
export const waiverPageSchema = pageSchema(waiverSchema);

/** @public */
export type Waiver = z.infer<typeof waiverSchema>;

/** @public */
export type WaiverQuery = z.output<typeof waiverQuerySchema>;
