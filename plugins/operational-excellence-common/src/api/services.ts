import { z } from 'zod';
import { gameDayKindSchema } from '../policy';
import { MEASURE_STATES, MEASURES } from '../status';
import {
  isoInstantSchema,
  pageQuerySchema,
  pageSchema,
  several,
} from './lists';
import { sourceHealthSchema } from './sources';

/** @public */
export const measureSchema = z.enum(MEASURES);
/** @public */
export const measureStateSchema = z.enum(MEASURE_STATES);

const instantOrNull = isoInstantSchema.nullable();

const measureBase = {
  state: measureStateSchema,
  underlyingState: measureStateSchema
    .nullable()
    .describe('The state beneath a waiver; null where none applies'),
  waivedUntil: instantOrNull,
  problem: z
    .string()
    .nullable()
    .describe(
      'What is wrong with the annotations that this measure depends on, and what was expected; or what they name that does not exist',
    ),
  dueAt: instantOrNull,
  checkedAt: instantOrNull.describe(
    'When every source of this measure had last answered for all that the service names; null where one never did',
  ),
};

const backlogStatusSchema = z.object({
  ...measureBase,
  openCount: z.number().int().min(0),
  oldestCreatedAt: instantOrNull,
  medianCreatedAt: instantOrNull,
  p85CreatedAt: instantOrNull,
  oldestStartedAt: instantOrNull,
  opened30d: z.number().int().min(0),
  closed30d: z.number().int().min(0),
  opened90d: z.number().int().min(0),
  closed90d: z.number().int().min(0),
  improvementShare90d: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .describe(
      'Improvements closed ÷ all tickets closed in the last 90 days; null where nothing was closed',
    ),
  policyShare: z
    .number()
    .nullable()
    .describe('The share that the policy asks for; null where none is asked'),
  starvedSince: instantOrNull.describe(
    'Since when improvements wait and none was closed; null where none waits, or one was closed in the last 90 days',
  ),
});

const gameDayStatusSchema = z.object({
  ...measureBase,
  lastHeldAt: instantOrNull,
  last: z
    .object({
      kind: gameDayKindSchema,
      id: z.string(),
      title: z.string(),
      outcome: z.string(),
    })
    .nullable(),
});

const verdictSchema = z.enum(['pass', 'conditional', 'fail']);

const readinessTestStatusSchema = z.object({
  ...measureBase,
  lastPerformedAt: instantOrNull,
  verdict: verdictSchema.nullable(),
  template: z
    .string()
    .nullable()
    .describe('The template whose newest run decides the measure'),
  missingTemplates: z
    .array(z.string())
    .describe('Templates that the policy requires and that were never run'),
});

/**
 * A row of `GET /services`.
 *
 * @public
 */
export const serviceSchema = z.object({
  entityRef: z.string(),
  title: z.string(),
  ownerRef: z.string().nullable(),
  ownerTitle: z.string().nullable(),
  systemRef: z.string().nullable(),
  domainRef: z.string().nullable(),
  type: z.string().nullable(),
  lifecycle: z.string().nullable(),
  tier: z.string().nullable(),
  policy: z
    .string()
    .nullable()
    .describe('The id of the policy that applies; null where none matches'),
  state: measureStateSchema.describe('The worst state of the measures'),
  backlog: backlogStatusSchema,
  gameDay: gameDayStatusSchema,
  readinessTest: readinessTestStatusSchema,
});

/**
 * One service, with what the state follows from.
 *
 * @public
 */
export const serviceDetailSchema = serviceSchema.extend({
  thresholds: z
    .object({
      backlog: z
        .object({
          maxAge: z.string().describe('ISO 8601 duration'),
          improvementShare: z.number().nullable(),
        })
        .nullable(),
      gameDay: z
        .object({ every: z.string(), counts: z.array(gameDayKindSchema) })
        .nullable(),
      readinessTest: z
        .object({ every: z.string(), templates: z.array(z.string()) })
        .nullable(),
    })
    .nullable()
    .describe('What the policy asks; null where none matches'),
  sources: z
    .array(
      z.object({
        id: z.string(),
        title: z.string(),
        measure: measureSchema,
        scope: z.string().describe('What of the source belongs to the service'),
        url: z.string().nullable(),
        health: sourceHealthSchema,
        checkedAt: instantOrNull,
        lastError: z.string().nullable(),
      }),
    )
    .describe('The sources that the figures come from, and how they fare'),
  ageDistribution: z
    .array(
      z.object({
        fromDays: z.number().int(),
        toDays: z.number().int().nullable().describe('null: no upper end'),
        count: z.number().int(),
      }),
    )
    .describe('Open improvements by age in days, lower bound included'),
  readinessTests: z
    .array(
      z.object({
        id: z.string(),
        template: z.string(),
        performedAt: isoInstantSchema,
        performedBy: z.string().nullable(),
        verdict: verdictSchema,
        validUntil: instantOrNull,
        summary: z.string().nullable(),
      }),
    )
    .describe('The newest readiness tests of any template, newest first'),
});

/**
 * What `GET /services` can sort by. A leading `-` reverses the order.
 *
 * @public
 */
export const serviceSortSchema = z.enum(
  [
    'state',
    'title',
    'owner',
    'tier',
    'backlogAge',
    'backlogMedianAge',
    'backlogOpenCount',
    'gameDay',
    'gameDayDue',
    'readinessTest',
    'readinessTestDue',
  ].flatMap(key => [key, `-${key}`]) as [ServiceSort, ...ServiceSort[]],
);

/** @public */
export type ServiceSortKey =
  | 'state'
  | 'title'
  | 'owner'
  | 'tier'
  | 'backlogAge'
  | 'backlogMedianAge'
  | 'backlogOpenCount'
  | 'gameDay'
  | 'gameDayDue'
  | 'readinessTest'
  | 'readinessTestDue';

/** @public */
export type ServiceSort = ServiceSortKey | `-${ServiceSortKey}`;

/**
 * What services can be filtered by, their state apart.
 *
 * @public
 */
export const serviceFacetSchema = z.enum([
  'owner',
  'system',
  'domain',
  'tier',
  'type',
  'lifecycle',
]);

/** @public */
export type ServiceFacet = z.infer<typeof serviceFacetSchema>;

/**
 * The filters of `GET /services`; the values of one are alternatives.
 *
 * @public
 */
export const serviceFilterSchema = z.object({
  state: several(measureStateSchema).describe(
    'States of the measure named by `measure`, else of the service',
  ),
  measure: measureSchema
    .optional()
    .describe('The measure that `state` speaks of'),
  entityRef: several(z.string().min(1)).describe('These services'),
  owner: several(z.string().min(1)).describe(
    'Owner references; services of nested groups are included',
  ),
  system: several(z.string().min(1)).describe('System references'),
  domain: several(z.string().min(1)).describe('Domain references'),
  tier: several(z.string().min(1)).describe('Tiers, as entities name them'),
  type: several(z.string().min(1)).describe('Values of `spec.type`'),
  lifecycle: several(z.string().min(1)).describe('Values of `spec.lifecycle`'),
  without: several(serviceFacetSchema).describe(
    'Services that have none of each of these',
  ),
  starved: z
    .enum(['true', 'false'])
    .optional()
    .describe(
      'Whether improvements wait and none was closed in the last 90 days',
    ),
  q: z
    .string()
    .max(200)
    .optional()
    .describe('Text that the title or the reference contains'),
  initiative: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe(
      'The id of an initiative: the services that it is for; of a closed one, those that it was for when it was closed',
    ),
  reached: z
    .enum(['true', 'false', 'left', 'waived', 'unknown'])
    .optional()
    .describe(
      'Whether services have reached the goal of `initiative`; `left`, `waived` and `unknown` tell apart those that have not, as its progress counts them',
    ),
});

/**
 * The parameters of `GET /services`.
 *
 * @public
 */
export const serviceQuerySchema = pageQuerySchema
  .extend(serviceFilterSchema.shape)
  .extend({
    sort: serviceSortSchema
      .default('state')
      .describe(
        '`state` puts the worst first, ages ascend from the youngest; a leading `-` reverses; what has no value comes last',
      ),
  });

/** @public */
export const servicePageSchema = pageSchema(serviceSchema);

/**
 * A row of the org-wide list: the three answers for one service.
 *
 * @public
 */
export type Service = z.infer<typeof serviceSchema>;

/** @public */
export type ServiceDetail = z.infer<typeof serviceDetailSchema>;

/** @public */
export type ServiceFilter = z.output<typeof serviceFilterSchema>;

/** @public */
export type ServiceQuery = z.output<typeof serviceQuerySchema>;

/**
 * The parameters of `GET /services/facets`.
 *
 * @public
 */
export const serviceFacetsQuerySchema = serviceFilterSchema.extend({
  facet: several(serviceFacetSchema).describe(
    'The facets whose values are listed; all if left out',
  ),
  find: z
    .string()
    .max(200)
    .optional()
    .describe('Text that the title or the name of a value contains'),
  including: several(z.string().min(1)).describe(
    'Values that are listed besides, whatever `find` and `limit` say, as are those that the filter names',
  ),
  limit: z.coerce
    .number()
    .int()
    .min(0)
    .max(200)
    .default(100)
    .describe('The most values of each facet: those of the most services'),
});

/** @public */
export type ServiceFacetsQuery = z.output<typeof serviceFacetsQuerySchema>;

/** @public */
export type ServiceFacets = z.infer<typeof serviceFacetsSchema>;

const facetSchema = z.array(
  z.object({
    value: z.string(),
    title: z.string(),
    count: z.number().int().describe('Services that the caller may see'),
  }),
);

/**
 * What the visible services can be filtered by, `GET /services/facets`. Each
 * facet counts what all filters but its own leave, so that a further value of
 * it can be chosen. Values are listed by title; of many, those of the most
 * services.
 *
 * @public
 */
export const serviceFacetsSchema = z.object({
  state: z
    .array(
      z.object({
        state: measureStateSchema,
        count: z.number().int(),
      }),
    )
    .describe(
      'Services in each state of the measure named by `measure`, else of the service; states without services may be left out',
    ),
  owner: facetSchema.describe(
    'Groups, those that own through nested groups included',
  ),
  system: facetSchema,
  domain: facetSchema,
  tier: facetSchema,
  type: facetSchema,
  lifecycle: facetSchema,
  more: z
    .array(serviceFacetSchema)
    .describe('The facets that have more such values than are listed'),
});
