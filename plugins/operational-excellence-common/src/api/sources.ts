import { z } from 'zod';
import {
  isoInstantSchema,
  pageQuerySchema,
  pageSchema,
  several,
} from './lists';

/**
 * How a source or scope fares: `ok` answered within its tolerance and its last
 * run succeeded; `failing` answered within its tolerance, but its last run
 * failed; `stale` last answered longer ago than its tolerance; `never` has not
 * answered yet.
 *
 * @public
 */
export const sourceHealthSchema = z.enum(['ok', 'failing', 'stale', 'never']);

/** @public */
export const sourceSchema = z.object({
  id: z.string(),
  kind: z.enum(['ticket', 'experiment']),
  title: z.string(),
  health: sourceHealthSchema.describe('The worst of its scopes'),
  scopes: z.object({
    total: z.number().int(),
    ok: z.number().int(),
    failing: z.number().int(),
    stale: z.number().int(),
    never: z.number().int(),
  }),
  rows: z.number().int().describe('Tickets or experiments stored'),
  services: z.number().int().describe('Visible services that name it'),
  checkedAt: isoInstantSchema
    .nullable()
    .describe('When the scope that is furthest behind last answered'),
  nextRunAt: isoInstantSchema.nullable(),
  lastError: z
    .object({
      scope: z.string(),
      message: z.string(),
      at: isoInstantSchema,
      since: isoInstantSchema.describe('When it began to fail'),
    })
    .nullable()
    .describe('The newest error among failing scopes'),
});

/** @public */
export const sourceListSchema = z.object({
  items: z.array(sourceSchema),
  asOf: isoInstantSchema,
});

/** @public */
export const sourceScopeSchema = z.object({
  key: z.string(),
  title: z.string(),
  health: sourceHealthSchema,
  running: z.boolean(),
  rows: z.number().int(),
  services: z.number().int(),
  checkedAt: isoInstantSchema.nullable(),
  nextRunAt: isoInstantSchema.nullable(),
  lastError: z.string().nullable(),
  failingSince: isoInstantSchema.nullable(),
  consecutiveFailures: z.number().int(),
});

/**
 * The parameters of `GET /sources/:id/scopes`.
 *
 * @public
 */
export const sourceScopeQuerySchema = pageQuerySchema.extend({
  health: several(sourceHealthSchema).describe('How the scopes fare'),
  q: z
    .string()
    .max(200)
    .optional()
    .describe('Text that the title or the key contains'),
});

/** @public */
export const sourceScopePageSchema = pageSchema(sourceScopeSchema);

/**
 * The body of `POST /sources/:id/sync`.
 *
 * @public
 */
export const syncRequestSchema = z
  .strictObject({
    scope: z.string().optional().describe('One scope only, by its key'),
  })
  .default({});

/**
 * The answer to `POST /sources/:id/sync`.
 *
 * @public
 */
export const syncResponseSchema = z.object({
  scopes: z.number().int().describe('How many scopes will run now'),
});

/** @public */
export type SourceHealth = z.infer<typeof sourceHealthSchema>;

/** @public */
export type Source = z.infer<typeof sourceSchema>;

/** @public */
export type SourceScope = z.infer<typeof sourceScopeSchema>;

/** @public */
export type SourceScopeQuery = z.output<typeof sourceScopeQuerySchema>;
