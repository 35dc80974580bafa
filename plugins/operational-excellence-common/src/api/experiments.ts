import { z } from 'zod';
import { guardrailsSchema } from './guardrails';
import {
  isoInstantSchema,
  pageQuerySchema,
  pageSchema,
  several,
} from './lists';

/** @public */
export const experimentStateSchema = z.enum([
  'pending',
  'initiating',
  'running',
  'completed',
  'stopping',
  'stopped',
  'failed',
  'cancelled',
]);

/** @public */
export const experimentActionSchema = z.object({
  name: z.string(),
  actionId: z.string().describe('Such as aws:ec2:stop-instances'),
  state: z.string(),
  startedAt: isoInstantSchema.nullable(),
  endedAt: isoInstantSchema.nullable(),
});

/**
 * One run of an AWS FIS experiment.
 *
 * @public
 */
export const experimentSchema = z.object({
  id: z.string(),
  sourceId: z.string(),
  title: z.string(),
  url: z.string().nullable(),
  accountId: z.string(),
  region: z.string(),
  templateId: z.string().nullable(),
  state: experimentStateSchema,
  reason: z.string().nullable(),
  createdAt: isoInstantSchema,
  startedAt: isoInstantSchema.nullable(),
  endedAt: isoInstantSchema.nullable(),
  dryRun: z.boolean(),
  countsAsGameDay: z.boolean(),
  guardrails: guardrailsSchema,
  actions: z.array(experimentActionSchema),
  tags: z.record(z.string(), z.string()),
  entityRefs: z
    .array(z.string())
    .describe('The services it exercised, of those that the caller may see'),
});

/**
 * The parameters of `GET /experiments`.
 *
 * @public
 */
export const experimentQuerySchema = pageQuerySchema.extend({
  service: several(z.string().min(1)).describe('Entity references'),
  state: several(experimentStateSchema).describe('States of the experiment'),
  unguarded: z
    .enum(['true', 'false'])
    .optional()
    .describe('Whether it ran, or runs, without a stop condition'),
  sort: z
    .enum(['createdAt', '-createdAt'])
    .default('-createdAt')
    .describe('A leading `-` puts the newest first'),
});

/** @public */
export const experimentPageSchema = pageSchema(experimentSchema);

/** @public */
export type ExperimentItem = z.infer<typeof experimentSchema>;

/** @public */
export type ExperimentQuery = z.output<typeof experimentQuerySchema>;
