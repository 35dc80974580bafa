import { z } from 'zod';
import { isoInstantSchema } from './lists';
import { ROLLUP_DIMENSIONS, rollupFigures } from './rollups';
import { measureSchema, measureStateSchema } from './services';

/**
 * A day by the calendar of UTC, such as `2026-07-01`.
 *
 * @public
 */
export const daySchema = z.iso.date().describe('A day in UTC');

/** How many days `GET /history` answers at most. */
const MAX_DAYS = 1100;

/**
 * What histories are kept of: services, and groups of them.
 *
 * @public
 */
export const historyDimensionSchema = z.enum(['service', ...ROLLUP_DIMENSIONS]);

/** @public */
export type HistoryDimension = z.infer<typeof historyDimensionSchema>;

/**
 * The parameters of `GET /history`.
 *
 * @public
 */
export const historyQuerySchema = z
  .object({
    by: historyDimensionSchema
      .default('all')
      .describe('What it is the history of'),
    key: z
      .string()
      .min(1)
      .max(500)
      .optional()
      .describe(
        'The entity reference of the service, or the key of the group; not with `all`, and left out for the services that belong to none',
      ),
    from: daySchema.describe('The first day'),
    to: daySchema.describe('The last day, included'),
  })
  .refine(({ from, to }) => from <= to, {
    path: ['to'],
    message: '`to` must not lie before `from`',
  })
  .refine(
    ({ from, to }) =>
      Date.parse(to) - Date.parse(from) < MAX_DAYS * 24 * 3_600_000,
    { path: ['from'], message: `at most ${MAX_DAYS} days at once` },
  );

/** @public */
export type HistoryQuery = z.output<typeof historyQuerySchema>;

/**
 * How a service or a group stood on a day.
 *
 * @public
 */
export const dailyPointSchema = z.object({
  day: daySchema,
  ...rollupFigures,
  oldestCreatedAt: isoInstantSchema
    .nullable()
    .describe('When the oldest open improvement was created'),
  medianCreatedAt: isoInstantSchema
    .nullable()
    .describe('When the improvement of median age was created'),
  gameDaysHeld: z
    .number()
    .int()
    .describe(
      'Game days that services held since the point before; one that two services held counts for both',
    ),
  testsPassed: z
    .number()
    .int()
    .describe('Readiness tests passed since the point before'),
});

/** @public */
export type DailyPoint = z.infer<typeof dailyPointSchema>;

/**
 * The answer of `GET /history`.
 *
 * @public
 */
export const historySchema = z.object({
  by: historyDimensionSchema,
  key: z.string().nullable(),
  title: z.string().nullable(),
  points: z
    .array(dailyPointSchema)
    .describe(
      'By day. A day on which none was taken is left out: nothing is known of it',
    ),
  asOf: isoInstantSchema,
});

/** @public */
export type History = z.infer<typeof historySchema>;

/**
 * The parameters of `GET /history/movers`.
 *
 * @public
 */
export const moversQuerySchema = z.object({
  by: historyDimensionSchema
    .exclude(['all'])
    .default('owner')
    .describe('What is compared with itself'),
  days: z.coerce
    .number()
    .int()
    .min(1)
    .max(MAX_DAYS)
    .default(30)
    .describe('How far back the comparison reaches'),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(50)
    .default(10)
    .describe('How many of each direction'),
});

/** @public */
export type MoversQuery = z.output<typeof moversQuerySchema>;

/**
 * A service or a group whose share of services that are failing, overdue or
 * never were in order has changed.
 *
 * @public
 */
export const moverSchema = z.object({
  key: z.string().nullable(),
  title: z.string().nullable(),
  before: z.object({
    day: daySchema,
    services: z.number().int(),
    attention: z.number().int(),
  }),
  after: z.object({
    day: daySchema,
    services: z.number().int(),
    attention: z.number().int(),
  }),
  change: z
    .number()
    .min(-1)
    .max(1)
    .describe('Of the share of services that need attention; negative: better'),
  reasons: z
    .array(
      z.object({
        measure: measureSchema,
        state: measureStateSchema,
        before: z.number().int(),
        after: z.number().int(),
      }),
    )
    .describe('Which states of which measures changed, the most first'),
});

/** @public */
export type Mover = z.infer<typeof moverSchema>;

/**
 * The answer of `GET /history/movers`.
 *
 * @public
 */
export const moversSchema = z.object({
  improved: z.array(moverSchema).describe('The most improved first'),
  worsened: z.array(moverSchema).describe('The worst drop first'),
  from: daySchema.nullable().describe('null: no point was taken so far'),
  to: daySchema.nullable(),
  asOf: isoInstantSchema,
});

/** @public */
export type Movers = z.infer<typeof moversSchema>;
