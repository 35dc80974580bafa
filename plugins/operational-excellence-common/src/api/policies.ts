import { z } from 'zod';
import { policySchema } from '../policy/policy';
import { daySchema } from './history';
import { isoInstantSchema, pageQuerySchema, pageSchema } from './lists';
import { measureSchema, measureStateSchema } from './services';

/**
 * The answer of `GET /policies`: those of the configuration, in their order.
 *
 * @public
 */
export const policiesSchema = z.object({
  items: z.array(
    z.object({
      policy: policySchema,
      services: z
        .number()
        .int()
        .describe('Services that it applies to, of those that one may see'),
      upcomingFrom: daySchema
        .nullable()
        .describe('From when on it applies; null: it does'),
      preview: z
        .string()
        .nullable()
        .describe('The preview of what will change then, if there is one'),
    }),
  ),
  asOf: isoInstantSchema,
});

/** @public */
export type Policies = z.infer<typeof policiesSchema>;

/**
 * The body of `POST /policy-previews`: the policies to try, instead of those of
 * the configuration.
 *
 * @public
 */
export const policyPreviewSubmissionSchema = z.strictObject({
  policies: z.array(policySchema).min(1).max(200),
});

/** @public */
export type PolicyPreviewSubmission = z.output<
  typeof policyPreviewSubmissionSchema
>;

/**
 * What would change if other policies applied.
 *
 * @public
 */
export const policyPreviewSchema = z.object({
  id: z.string(),
  state: z.enum(['running', 'done', 'failed']),
  problem: z.string().nullable().describe('Why it failed, and what to do'),
  policies: z.array(policySchema),
  createdBy: z.string(),
  createdAt: isoInstantSchema,
  services: z.number().int().describe('How many were looked at so far'),
  changed: z.number().int().describe('How many would change a state'),
  changes: z
    .array(
      z.object({
        measure: measureSchema.nullable().describe('null: the whole service'),
        from: measureStateSchema,
        to: measureStateSchema,
        services: z.number().int(),
      }),
    )
    .describe('The most services first'),
});

/** @public */
export type PolicyPreview = z.infer<typeof policyPreviewSchema>;

/**
 * The parameters of `GET /policy-previews/{id}/services`.
 *
 * @public
 */
export const policyPreviewServiceQuerySchema = pageQuerySchema.extend({
  measure: measureSchema
    .optional()
    .describe(
      'What has to change, and `from` and `to` speak of; the whole service if left out',
    ),
  from: measureStateSchema
    .optional()
    .describe('The state that it has, and would not keep'),
  to: measureStateSchema
    .optional()
    .describe('The state that it would have, and has not'),
});

/** @public */
export type PolicyPreviewServiceQuery = z.output<
  typeof policyPreviewServiceQuerySchema
>;

const movement = z.object({ from: measureStateSchema, to: measureStateSchema });

/** @public */
export const policyPreviewServiceSchema = z.object({
  entityRef: z.string(),
  title: z.string(),
  policyBefore: z.string().nullable(),
  policyAfter: z.string().nullable(),
  service: movement,
  backlog: movement,
  gameDay: movement,
  readinessTest: movement,
});

/** @public */
export type PolicyPreviewService = z.infer<typeof policyPreviewServiceSchema>;

/** @public */
export const policyPreviewServicePageSchema = pageSchema(
  policyPreviewServiceSchema,
);
