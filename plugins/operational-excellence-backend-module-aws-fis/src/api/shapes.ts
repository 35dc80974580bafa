import { z } from 'zod';

/**
 * What is used of the answers of AWS FIS (API reference 2020-12-01). Whatever
 * else they hold is passed over; of what is used, only what every answer has is
 * required.
 */

/** Timestamps are epoch seconds with fractions; instants are milliseconds. */
const instantSchema = z
  .number()
  .min(0)
  .max(8.64e12)
  .transform(seconds => Math.round(seconds * 1000));

const tagsSchema = z
  .record(z.string(), z.string())
  .nullish()
  .transform(tags => tags ?? {});

/** An id becomes part of a path. */
export const idSchema = z.string().regex(/^[\w-]{1,64}$/);

const nextTokenSchema = z
  .string()
  .nullish()
  .transform(token => token || undefined);

const stateSchema = z.object({
  status: z.enum([
    'pending',
    'initiating',
    'running',
    'completed',
    'stopping',
    'stopped',
    'failed',
    'cancelled',
  ]),
  reason: z.string().nullish(),
  error: z
    .object({ code: z.string().nullish(), location: z.string().nullish() })
    .nullish(),
});

const summarySchema = z.object({
  id: idSchema,
  state: stateSchema,
  experimentTemplateId: idSchema.nullish(),
  tags: tagsSchema,
});

const actionSchema = z.object({
  actionId: z.string(),
  state: z.object({ status: z.string() }).nullish(),
  startTime: instantSchema.nullish(),
  endTime: instantSchema.nullish(),
});

const detailSchema = summarySchema.extend({
  creationTime: instantSchema,
  endTime: instantSchema.nullish(),
  actions: z.record(z.string(), actionSchema).nullish(),
  stopConditions: z
    .array(z.object({ source: z.string(), value: z.string().nullish() }))
    .nullish(),
  experimentOptions: z.record(z.string(), z.unknown()).nullish(),
});

const templateSchema = z.object({
  id: idSchema,
  description: z.string().nullish(),
  tags: tagsSchema,
});

export const listExperimentsSchema = z.object({
  experiments: z.array(summarySchema).nullish(),
  nextToken: nextTokenSchema,
});

export const getExperimentSchema = z.object({ experiment: detailSchema });

export const listTemplatesSchema = z.object({
  experimentTemplates: z.array(templateSchema).nullish(),
  nextToken: nextTokenSchema,
});

/** `ExperimentSummary`: it tells neither when the experiment ran nor what it did. */
export type FisExperimentSummary = z.output<typeof summarySchema>;
/** `Experiment`. */
export type FisExperiment = z.output<typeof detailSchema>;
/** `ExperimentTemplateSummary`. */
export type FisTemplate = z.output<typeof templateSchema>;
