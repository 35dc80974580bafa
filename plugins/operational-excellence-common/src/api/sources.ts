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

/**
 * What a source delivers.
 *
 * @public
 */
export const sourceKindSchema = z.enum(['ticket', 'experiment']);

/**
 * How many requests an upstream still grants.
 *
 * @public
 */
export const rateLimitSchema = z.object({
  remaining: z.number().int(),
  limit: z
    .number()
    .int()
    .nullable()
    .describe('How many it grants altogether until it is reset'),
  resetsAt: isoInstantSchema.nullable(),
  at: isoInstantSchema.describe('When the upstream said so'),
});

const requestsSchema = z
  .object({
    total: z.number().int(),
    since: isoInstantSchema.nullable(),
  })
  .describe('Upstream requests spent on what was stored, since the first one');

/** @public */
export const sourceSchema = z.object({
  id: z.string(),
  kind: sourceKindSchema,
  title: z.string(),
  annotations: z
    .array(z.string())
    .describe('The annotations by which services name something in it'),
  health: sourceHealthSchema.describe('The worst of its scopes'),
  scopes: z.object({
    total: z.number().int(),
    ok: z.number().int(),
    failing: z.number().int(),
    stale: z.number().int(),
    never: z.number().int(),
  }),
  rows: z
    .number()
    .int()
    .describe('Tickets or experiments stored, as counted when runs ended'),
  services: z.number().int().describe('Visible services that name it'),
  problems: z
    .number()
    .int()
    .describe(
      'Visible services that name something in it that does not exist, or that it cannot read',
    ),
  requests: requestsSchema,
  rateLimit: rateLimitSchema
    .nullable()
    .describe('The tightest of its scopes that is not reset yet'),
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
  url: z.string().nullable(),
  health: sourceHealthSchema,
  running: z.boolean(),
  rows: z.number().int(),
  services: z.number().int(),
  problems: z
    .number()
    .int()
    .describe('Visible services that name something in it that does not exist'),
  containers: z
    .object({
      total: z.number().int(),
      unread: z.number().int().describe('Not read yet'),
      missing: z.number().int().describe('Not known to the upstream'),
    })
    .describe('What services name within it, such as projects'),
  requests: requestsSchema,
  rateLimit: rateLimitSchema.nullable(),
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

/** @public */
export const annotationSuggestionSchema = z.object({
  annotation: z.string(),
  value: z.string(),
});

/**
 * A service that names something in a source that does not exist (`missing`), or
 * by an annotation that the source cannot read (`malformed`).
 *
 * @public
 */
export const sourceProblemSchema = z.object({
  entityRef: z.string(),
  title: z.string(),
  ownerRef: z.string().nullable(),
  kind: z.enum(['missing', 'malformed']),
  scope: z.string().nullable().describe('The title of the scope'),
  container: z.string().nullable().describe('What the service names'),
  message: z.string().describe('What is wrong, in words of the source'),
  since: isoInstantSchema.nullable(),
  meant: z
    .string()
    .nullable()
    .describe('What may have been meant instead of the container'),
  suggestion: annotationSuggestionSchema
    .nullable()
    .describe('The annotation of the service with what may have been meant'),
});

/**
 * The parameters of `GET /sources/:id/problems`.
 *
 * @public
 */
export const sourceProblemQuerySchema = pageQuerySchema;

/** @public */
export const sourceProblemPageSchema = pageSchema(sourceProblemSchema);

/**
 * A service that names nothing in any source of a kind.
 *
 * @public
 */
export const unmappedServiceSchema = z.object({
  entityRef: z.string(),
  title: z.string(),
  ownerRef: z.string().nullable(),
  suggestions: z
    .array(
      annotationSuggestionSchema.extend({
        sourceId: z.string(),
        source: z.string().describe('The title of the source'),
      }),
    )
    .describe('What it could name, best first within a source'),
});

/**
 * The parameters of `GET /unmapped-services`.
 *
 * @public
 */
export const unmappedServiceQuerySchema = pageQuerySchema.extend({
  kind: sourceKindSchema
    .default('ticket')
    .describe('Of which kind of sources they name none'),
  q: z
    .string()
    .max(200)
    .optional()
    .describe('Text that the title or the entity reference contains'),
});

/** @public */
export const unmappedServicePageSchema = pageSchema(unmappedServiceSchema);

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

/** @public */
export type SourceKind = z.infer<typeof sourceKindSchema>;

/** @public */
export type SourceProblem = z.infer<typeof sourceProblemSchema>;

/** @public */
export type SourceProblemQuery = z.output<typeof sourceProblemQuerySchema>;

/** @public */
export type UnmappedService = z.infer<typeof unmappedServiceSchema>;

/** @public */
export type UnmappedServiceQuery = z.output<typeof unmappedServiceQuerySchema>;
