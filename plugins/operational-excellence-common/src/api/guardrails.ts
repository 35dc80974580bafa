import { z } from 'zod';
import {
  isoInstantSchema,
  pageQuerySchema,
  pageSchema,
  several,
} from './lists';

/**
 * What limits the harm of an experiment or of a template's experiments.
 *
 * @public
 */
export const guardrailsSchema = z.object({
  stopConditions: z
    .array(z.object({ source: z.string(), value: z.string().nullable() }))
    .describe(
      'Real ones only; empty where it runs to its end whatever happens',
    ),
  logConfigured: z.boolean().nullable().describe('null: not known'),
  actionsMode: z
    .enum(['run-all', 'skip-all'])
    .nullable()
    .describe('null: not known'),
});

/**
 * A template of experiments that exercise a service.
 *
 * @public
 */
export const experimentTemplateSchema = z.object({
  sourceId: z.string(),
  id: z.string(),
  title: z.string(),
  url: z.string().nullable(),
  accountId: z.string(),
  region: z.string(),
  guardrails: guardrailsSchema,
  entityRefs: z
    .array(z.string())
    .describe('The services it exercises, of those that the caller may see'),
  checkedAt: isoInstantSchema,
});

/**
 * The switch of an account and Region that stops all experiments.
 *
 * @public
 */
export const safetyLeverSchema = z.object({
  sourceId: z.string(),
  accountId: z.string(),
  region: z.string(),
  state: z.enum(['engaged', 'disengaged', 'unknown']),
  reason: z.string().nullable(),
  checkedAt: isoInstantSchema,
});

/** @public */
export const experimentTemplateQuerySchema = pageQuerySchema.extend({
  service: several(z.string().min(1)).describe('Entity references'),
  unguarded: z
    .enum(['true', 'false'])
    .optional()
    .describe('Whether nothing stops their experiments'),
});

/** @public */
export const experimentTemplatePageSchema = pageSchema(
  experimentTemplateSchema,
);

/** @public */
export const safetyLeverListSchema = z.object({
  items: z.array(safetyLeverSchema),
});

/** @public */
export type Guardrails = z.infer<typeof guardrailsSchema>;
/** @public */
export type ExperimentTemplateItem = z.infer<typeof experimentTemplateSchema>;
/** @public */
export type SafetyLever = z.infer<typeof safetyLeverSchema>;
/** @public */
export type ExperimentTemplateQuery = z.output<
  typeof experimentTemplateQuerySchema
>;
