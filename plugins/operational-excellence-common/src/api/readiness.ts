import { z } from 'zod';
import {
  isoInstantSchema,
  pageQuerySchema,
  pageSchema,
  several,
} from './lists';
import {
  evidenceSchema,
  optionalText,
  RECORD_TEXT_MAX as MAX,
  recordVersionSchema,
  requiredText,
  submissionKeySchema,
} from './text';

/** @public */
export const readinessVerdictSchema = z.enum(['pass', 'conditional', 'fail']);

/** @public */
export const readinessAnswerValueSchema = z.enum([
  'yes',
  'no',
  'not-applicable',
]);

/** @public */
export const readinessRiskSchema = z.enum(['high', 'medium', 'low']);

/**
 * A question of a readiness template.
 *
 * @public
 */
export const readinessItemSchema = z.object({
  id: z.string(),
  question: z.string(),
  guidance: z.string().nullable().describe('Markdown'),
  risk: readinessRiskSchema,
  blocking: z
    .boolean()
    .describe('Whether `no` fails the whole test; else it is a condition'),
  evidence: z.enum(['required', 'optional', 'none']),
  automatic: z
    .boolean()
    .describe('Whether a pipeline is to answer it; people may, too'),
});

/** @public */
export const readinessSectionSchema = z.object({
  title: z.string(),
  items: z.array(readinessItemSchema),
});

/**
 * A checklist as code.
 *
 * @public
 */
export const readinessTemplateSchema = z.object({
  id: z.string(),
  version: z.string().describe('As its author calls it'),
  revision: z
    .string()
    .describe('Of its content; another one where anything of it was changed'),
  title: z.string(),
  description: z.string().nullable().describe('Markdown'),
  validFor: z
    .string()
    .nullable()
    .describe('ISO 8601 duration; null leaves that to the policy'),
  signOff: z
    .boolean()
    .describe('Whether a result counts only when somebody has signed it off'),
  sections: z
    .array(readinessSectionSchema)
    .describe('For one service: only the items that apply to it'),
});

/**
 * A template as `GET /readiness-templates` lists it.
 *
 * @public
 */
export const readinessTemplateItemSchema = readinessTemplateSchema.extend({
  source: z.string().describe('Where it was read from; `built-in` for ours'),
  readAt: isoInstantSchema,
  problem: z
    .string()
    .nullable()
    .describe('Why its newest content could not be used, with line numbers'),
  removed: z.boolean().describe('Whether it is no longer configured'),
  requiredBy: z.array(z.string()).describe('The policies that require it'),
  services: z.object({
    tested: z.number().int().describe('Whose newest test was of any revision'),
    outdated: z
      .number()
      .int()
      .describe('Whose newest test was of another revision than this one'),
  }),
});

/**
 * The answer of `GET /readiness-templates`; with `entityRef`, only what applies
 * to that service.
 *
 * @public
 */
export const readinessTemplateListSchema = z.object({
  items: z.array(readinessTemplateItemSchema),
  problems: z
    .array(z.object({ source: z.string(), message: z.string() }))
    .describe('What is configured and could never be read'),
});

/** @public */
export const readinessTemplateQuerySchema = z.object({
  entityRef: z
    .string()
    .min(1)
    .max(MAX.name)
    .optional()
    .describe('The service that they are to apply to'),
});

/** @public */
export const readinessAnswerInputSchema = z.strictObject({
  value: readinessAnswerValueSchema,
  note: optionalText(MAX.text).default(null).describe('Markdown'),
  evidence: z.array(evidenceSchema).max(20).default([]),
});

/**
 * The body of `POST /readiness-tests`: begins one in the portal.
 *
 * @public
 */
export const readinessTestSubmissionSchema = z.strictObject({
  key: submissionKeySchema,
  entityRef: requiredText(MAX.name),
  template: requiredText(MAX.name),
});

/**
 * The body of `PUT /readiness-tests/{id}/answers/{itemId}`.
 *
 * @public
 */
export const readinessAnswerChangeSchema = z.strictObject({
  version: z
    .number()
    .int()
    .min(0)
    .describe('Of the answer that it replaces; 0 where there was none'),
  ...readinessAnswerInputSchema.shape,
});

/**
 * The parameters of `DELETE /readiness-tests/{id}/answers/{itemId}`.
 *
 * @public
 */
export const readinessAnswerRemovalSchema = z.object({
  version: z.coerce
    .number()
    .int()
    .min(1)
    .describe('Of the answer that is taken back'),
});

/**
 * The body of `PUT /readiness-reports/{externalId}`: what a pipeline found. It
 * may be sent in parts and as often as one likes; the same id is the same test.
 *
 * @public
 */
export const readinessReportSchema = z.strictObject({
  entityRef: requiredText(MAX.name),
  template: requiredText(MAX.name),
  performedAt: isoInstantSchema
    .optional()
    .describe('With `finish`: when it was performed, if that is not now'),
  answers: z.record(z.string().max(200), readinessAnswerInputSchema),
  finish: z
    .boolean()
    .default(false)
    .describe('Whether that was all; a part before leaves the test open'),
});

/**
 * The body of `POST /readiness-tests/{id}/finish`.
 *
 * @public
 */
export const readinessFinishSchema = z.strictObject({
  version: recordVersionSchema,
  summary: optionalText(MAX.text).default(null).describe('Markdown'),
});

/**
 * The body of `POST /readiness-tests/{id}/discard`.
 *
 * @public
 */
export const readinessDiscardSchema = z.strictObject({
  version: recordVersionSchema,
});

/**
 * The body of `POST /readiness-tests/{id}/sign-off`.
 *
 * @public
 */
export const readinessSignOffSchema = z
  .strictObject({
    version: recordVersionSchema,
    decision: z.enum(['accepted', 'returned']),
    comment: optionalText(MAX.line).default(null),
  })
  .refine(
    ({ decision, comment }) => decision === 'accepted' || Boolean(comment),
    { path: ['comment'], message: 'expected why it is returned' },
  );

/**
 * Where a readiness test stands: `open` is being answered, `awaiting-sign-off` is
 * finished and does not count yet, `finished` counts, `discarded` never will.
 *
 * @public
 */
export const readinessTestStateSchema = z.enum([
  'open',
  'awaiting-sign-off',
  'finished',
  'discarded',
]);

/** @public */
export const readinessAnswerSchema = z.object({
  itemId: z.string(),
  version: z.number().int(),
  value: readinessAnswerValueSchema,
  note: z.string().nullable(),
  evidence: z.array(z.object({ title: z.string(), url: z.string() })),
  answeredBy: z.string(),
  answeredAt: isoInstantSchema,
});

/**
 * One run of a readiness template against a service, as lists show it.
 *
 * @public
 */
export const readinessTestSchema = z.object({
  id: z.string(),
  version: z.number().int(),
  entityRef: z.string(),
  entityTitle: z.string(),
  template: z.string(),
  templateTitle: z.string(),
  templateVersion: z.string().nullable().describe('null: put down as it came'),
  outdated: z
    .boolean()
    .describe('Whether the template has another content by now'),
  state: readinessTestStateSchema,
  startedAt: isoInstantSchema,
  startedBy: z.string().nullable(),
  performedAt: isoInstantSchema.nullable().describe('When it was finished'),
  performedBy: z.string().nullable(),
  verdict: readinessVerdictSchema
    .nullable()
    .describe('null as long as it is open'),
  validUntil: isoInstantSchema.nullable(),
  summary: z.string().nullable(),
  signOff: z
    .object({
      by: z.string(),
      at: isoInstantSchema,
      decision: z.enum(['accepted', 'returned']),
      comment: z.string().nullable(),
    })
    .nullable(),
  answered: z.number().int(),
  itemCount: z.number().int(),
  failing: z.number().int().describe('Items answered with no'),
});

/**
 * One readiness test with its questions and answers.
 *
 * @public
 */
export const readinessTestDetailSchema = readinessTestSchema.extend({
  content: readinessTemplateSchema
    .nullable()
    .describe(
      'The template as it was when the test began; null where only the result was put down',
    ),
  templateRemoved: z.boolean(),
  answers: z.array(readinessAnswerSchema),
  missing: z
    .array(
      z.object({
        itemId: z.string(),
        reason: z.enum(['unanswered', 'evidence']),
      }),
    )
    .describe('What stands against finishing it'),
  previousId: z
    .string()
    .nullable()
    .describe('The finished test of the same template and service before it'),
});

/**
 * What changed between two tests of a template,
 * `GET /readiness-tests/{id}/difference?from={id}`.
 *
 * @public
 */
export const readinessDifferenceSchema = z.object({
  from: readinessTestSchema,
  to: readinessTestSchema,
  items: z.array(
    z.object({
      itemId: z.string(),
      question: z.string(),
      change: z.enum([
        'better',
        'worse',
        'changed',
        'same',
        'added',
        'removed',
      ]),
      from: readinessAnswerSchema.nullable(),
      to: readinessAnswerSchema.nullable(),
    }),
  ),
});

/** @public */
export const readinessDifferenceQuerySchema = z.object({
  from: z.string().min(1).max(100).describe('The id of the earlier test'),
});

/**
 * The parameters of `GET /readiness-tests`, newest first.
 *
 * @public
 */
export const readinessTestQuerySchema = pageQuerySchema.extend({
  entityRef: several(z.string().min(1)).describe('Services'),
  owner: several(z.string().min(1)).describe(
    'Owner references; services of nested groups are included',
  ),
  template: several(z.string().min(1)).describe('Ids of templates'),
  state: several(readinessTestStateSchema).describe('Where they stand'),
  verdict: several(readinessVerdictSchema).describe(
    'What they came to; open ones came to nothing yet',
  ),
  newest: z
    .literal('true')
    .optional()
    .describe(
      'Only the finished one that counts: the newest of each service and template',
    ),
  outdated: z
    .enum(['true', 'false'])
    .optional()
    .describe('Whether the template was changed since they were begun'),
});

/** @public */
export const readinessTestPageSchema = pageSchema(readinessTestSchema);

/** @public */
export type ReadinessAnswerValue = z.infer<typeof readinessAnswerValueSchema>;
/** @public */
export type ReadinessItem = z.infer<typeof readinessItemSchema>;
/** @public */
export type ReadinessTemplate = z.infer<typeof readinessTemplateSchema>;
/** @public */
export type ReadinessTemplateItem = z.infer<typeof readinessTemplateItemSchema>;
/** @public */
export type ReadinessTemplateList = z.infer<typeof readinessTemplateListSchema>;
/** @public */
export type ReadinessTestSubmission = z.output<
  typeof readinessTestSubmissionSchema
>;
/** @public */
export type ReadinessAnswerInput = z.output<typeof readinessAnswerInputSchema>;
/** @public */
export type ReadinessAnswerChange = z.output<
  typeof readinessAnswerChangeSchema
>;
/** @public */
export type ReadinessReport = z.output<typeof readinessReportSchema>;
/** @public */
export type ReadinessFinish = z.output<typeof readinessFinishSchema>;
/** @public */
export type ReadinessSignOff = z.output<typeof readinessSignOffSchema>;
/** @public */
export type ReadinessTestState = z.infer<typeof readinessTestStateSchema>;
/** @public */
export type ReadinessAnswer = z.infer<typeof readinessAnswerSchema>;
/** @public */
export type ReadinessTest = z.infer<typeof readinessTestSchema>;
/** @public */
export type ReadinessTestDetail = z.infer<typeof readinessTestDetailSchema>;
/** @public */
export type ReadinessDifference = z.infer<typeof readinessDifferenceSchema>;
/** @public */
export type ReadinessTestQuery = z.output<typeof readinessTestQuerySchema>;
