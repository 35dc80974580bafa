import { z } from 'zod';
import { pageQuerySchema, pageSchema, several } from './lists';
import { measureStateSchema, serviceFilterSchema } from './services';

/**
 * What services are grouped by; `all` is one group of all of them.
 *
 * @public
 */
export const ROLLUP_DIMENSIONS = [
  'all',
  'owner',
  'system',
  'domain',
  'tier',
  'lifecycle',
  'type',
] as const;

/** @public */
export const rollupDimensionSchema = z.enum(ROLLUP_DIMENSIONS);

/** @public */
export type RollupDimension = z.infer<typeof rollupDimensionSchema>;

/**
 * How many services are in each state.
 *
 * @public
 */
export const stateCountsSchema = z
  .partialRecord(measureStateSchema, z.number().int().min(1))
  .describe('Services in each state; states without services are left out');

/** @public */
export type StateCounts = z.infer<typeof stateCountsSchema>;

/** @public */
export const statesOfMeasuresSchema = z.object({
  service: stateCountsSchema.describe('By the worst state of their measures'),
  backlog: stateCountsSchema,
  gameDay: stateCountsSchema,
  readinessTest: stateCountsSchema,
});

/** @public */
export type StatesOfMeasures = z.infer<typeof statesOfMeasuresSchema>;

/**
 * What is summed up of the services of a group, now or on a day.
 *
 * @public
 */
export const rollupFigures = {
  services: z.number().int().min(0),
  states: statesOfMeasuresSchema,
  openCount: z
    .number()
    .int()
    .min(0)
    .describe(
      'Open improvements; one that belongs to two services counts for both',
    ),
  starved: z
    .number()
    .int()
    .min(0)
    .describe(
      'Services whose improvements wait and of which none was closed in the last 90 days',
    ),
  closed90d: z.number().int().min(0),
  allClosed90d: z
    .number()
    .int()
    .min(0)
    .describe('Tickets of any kind that were closed in the last 90 days'),
  improvementShare90d: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .describe('`closed90d` ÷ `allClosed90d`; null where nothing was closed'),
};

/**
 * An item of `GET /rollups`.
 *
 * @public
 */
export const rollupSchema = z.object({
  key: z
    .string()
    .nullable()
    .describe(
      'What the filter of the same name takes; null for the services that have none, which the filter `without` finds, and for all services together',
    ),
  title: z.string().nullable(),
  parentKey: z
    .string()
    .nullable()
    .describe('The group right above; of owners only'),
  children: z
    .number()
    .int()
    .min(0)
    .describe('Groups right beneath that own services; of owners only'),
  ...rollupFigures,
});

/** @public */
export type Rollup = z.infer<typeof rollupSchema>;

/**
 * What `GET /rollups` can sort by. A leading `-` puts the greatest first.
 *
 * @public
 */
export const ROLLUP_SORT_KEYS = [
  'attention',
  'attentionShare',
  'backlog',
  'gameDay',
  'readinessTest',
  'services',
  'openCount',
  'starved',
  'improvementShare',
  'title',
] as const;

/** @public */
export type RollupSortKey = (typeof ROLLUP_SORT_KEYS)[number];

/** @public */
export type RollupSort = RollupSortKey | `-${RollupSortKey}`;

/** @public */
export const rollupSortSchema = z.enum(
  ROLLUP_SORT_KEYS.flatMap(key => [key, `-${key}`]) as [
    RollupSort,
    ...RollupSort[],
  ],
);

/**
 * The parameters of `GET /rollups`.
 *
 * @public
 */
export const rollupQuerySchema = pageQuerySchema
  .extend(serviceFilterSchema.shape)
  .extend({
    by: rollupDimensionSchema.describe(
      'What the services are grouped by; `all` is one group of all of them',
    ),
    key: several(z.string().min(1).max(500)).describe('Only these groups'),
    parent: z
      .string()
      .min(1)
      .max(500)
      .optional()
      .describe(
        'Of owners: only the groups right beneath this one; `root` for those that have none above them',
      ),
    sort: rollupSortSchema
      .default('-attention')
      .describe(
        '`attention` counts services that are failing, overdue or never were in order, `backlog`, `gameDay` and `readinessTest` count the same of one measure; a leading `-` puts the greatest first',
      ),
  });

/** @public */
export type RollupQuery = z.output<typeof rollupQuerySchema>;

/** @public */
export const rollupPageSchema = pageSchema(rollupSchema);
