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

const stopConditionsSchema = z
  .array(z.object({ source: z.string(), value: z.string().nullish() }))
  .nullish()
  .transform(conditions =>
    // FIS says that nothing stops an experiment by a condition of its own.
    (conditions ?? []).flatMap(({ source, value }) =>
      source === 'none' ? [] : [{ source, value: value ?? null }],
    ),
  );

/** Where there is none, the experiment writes no log. */
const logConfigurationSchema = z.record(z.string(), z.unknown()).nullish();

const detailSchema = summarySchema.extend({
  creationTime: instantSchema,
  endTime: instantSchema.nullish(),
  actions: z.record(z.string(), actionSchema).nullish(),
  stopConditions: stopConditionsSchema,
  logConfiguration: logConfigurationSchema,
  experimentOptions: z.record(z.string(), z.unknown()).nullish(),
});

const templateSchema = z.object({
  id: idSchema,
  description: z.string().nullish(),
  lastUpdateTime: instantSchema.nullish(),
  tags: tagsSchema,
});

const templateDetailSchema = templateSchema.extend({
  stopConditions: stopConditionsSchema,
  logConfiguration: logConfigurationSchema,
});

const safetyLeverSchema = z.object({
  state: z.object({
    status: z.enum(['engaged', 'engaging', 'disengaged']),
    reason: z.string().nullish(),
  }),
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

export const getTemplateSchema = z.object({
  experimentTemplate: templateDetailSchema,
});

export const getSafetyLeverSchema = z.object({
  safetyLever: safetyLeverSchema,
});

/** `ExperimentSummary`: it tells neither when the experiment ran nor what it did. */
export type FisExperimentSummary = z.output<typeof summarySchema>;
/** `Experiment`. */
export type FisExperiment = z.output<typeof detailSchema>;
/** `ExperimentTemplateSummary`. */
export type FisTemplate = z.output<typeof templateSchema>;
/** `ExperimentTemplate`. */
export type FisTemplateDetail = z.output<typeof templateDetailSchema>;
/** `SafetyLever`. */
export type FisSafetyLever = z.output<typeof safetyLeverSchema>;
