import { z } from 'zod';
import { daySchema } from './history';
import {
  isoInstantSchema,
  pageQuerySchema,
  pageSchema,
  several,
} from './lists';
import { measureSchema } from './services';
import {
  optionalText,
  RECORD_TEXT_MAX as MAX,
  recordVersionSchema,
  requiredText,
  submissionKeySchema,
} from './text';

/**
 * What an initiative asks of each service: that a measure is in order (`ok` or
 * `due-soon`), or that a game day was held, a readiness test passed, since a day.
 *
 * @public
 */
export const initiativeGoalSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('in-order'), measure: measureSchema }),
  z.strictObject({
    kind: z.literal('done-since'),
    measure: measureSchema.exclude(['backlog']),
    since: daySchema,
  }),
]);

/** @public */
export type InitiativeGoal = z.infer<typeof initiativeGoalSchema>;

const values = z.array(z.string().min(1).max(500)).max(100).optional();

/**
 * The services that an initiative is for; the part of the filters of
 * `GET /services` that does not speak of states. Without any, all services.
 *
 * @public
 */
export const initiativeFilterSchema = z.strictObject({
  owner: values.describe(
    'Owner references; services of nested groups are included',
  ),
  system: values.describe('System references'),
  domain: values.describe('Domain references'),
  tier: values.describe('Tiers, as entities name them'),
  type: values.describe('Values of `spec.type`'),
  lifecycle: values.describe('Values of `spec.lifecycle`'),
  q: z
    .string()
    .max(200)
    .optional()
    .describe('Text that the title or the reference contains'),
});

/** @public */
export type InitiativeFilter = z.output<typeof initiativeFilterSchema>;

const fields = {
  title: requiredText(MAX.title),
  description: optionalText(MAX.text).describe('Markdown'),
  filter: initiativeFilterSchema,
  goal: initiativeGoalSchema,
  dueOn: daySchema.describe('The last day on which it is reached in time'),
};

/**
 * The body of `POST /initiatives`.
 *
 * @public
 */
export const initiativeSubmissionSchema = z.strictObject({
  key: submissionKeySchema,
  ...fields,
  description: fields.description.default(null),
});

/** @public */
export type InitiativeSubmission = z.output<typeof initiativeSubmissionSchema>;

/**
 * The body of `PATCH /initiatives/{id}`: what is left out stays as it is.
 *
 * @public
 */
export const initiativeChangeSchema = z.strictObject({
  version: recordVersionSchema,
  ...z.object(fields).partial().shape,
});

/** @public */
export type InitiativeChange = z.output<typeof initiativeChangeSchema>;

/**
 * The body of `POST /initiatives/{id}/close`.
 *
 * @public
 */
export const initiativeClosingSchema = z.strictObject({
  version: recordVersionSchema,
  note: optionalText(MAX.text).default(null).describe('Markdown'),
});

/** @public */
export type InitiativeClosing = z.output<typeof initiativeClosingSchema>;

/**
 * How many services an initiative is for, and how they stand to its goal. What
 * has neither reached it, nor is waived or unknown, is left.
 *
 * @public
 */
export const initiativeProgressSchema = z.object({
  services: z.number().int().min(0).describe('Those that it is for'),
  reached: z.number().int().min(0),
  waived: z
    .number()
    .int()
    .min(0)
    .describe('Not reached, and excepted by a waiver of the measure'),
  unknown: z
    .number()
    .int()
    .min(0)
    .describe('Not known to be reached, for a source does not answer'),
});

/** @public */
export type InitiativeProgress = z.infer<typeof initiativeProgressSchema>;

/**
 * A goal for a set of services, and a day until which it is to be reached.
 *
 * @public
 */
export const initiativeSchema = z.object({
  id: z.string(),
  version: z.number().int(),
  ...fields,
  state: z.enum(['running', 'overdue', 'closed']),
  progress: initiativeProgressSchema.describe(
    'Of the services that the caller may see; of a closed one, as it was when it was closed',
  ),
  createdBy: z.string(),
  createdAt: isoInstantSchema,
  closedBy: z.string().nullable(),
  closedAt: isoInstantSchema.nullable(),
  closingNote: z.string().nullable(),
});

/** @public */
export type Initiative = z.infer<typeof initiativeSchema>;

/**
 * The parameters of `GET /initiatives`.
 *
 * @public
 */
export const initiativeQuerySchema = pageQuerySchema.extend({
  state: several(z.enum(['running', 'overdue', 'closed'])).describe(
    'Whether their last day is still to come, is over, or they are closed',
  ),
});

/** @public */
export type InitiativeQuery = z.output<typeof initiativeQuerySchema>;

/** @public */
export const initiativePageSchema = pageSchema(initiativeSchema);
