import { z } from 'zod';
import {
  isoInstantSchema,
  pageQuerySchema,
  pageSchema,
  several,
} from './lists';
import {
  evidenceSchema,
  requiredText,
  submissionKeySchema,
  webAddressSchema,
} from './text';
import { ticketStateSchema } from './tickets';

/**
 * The longest texts that improvements and their evaluations take, characters.
 *
 * @public
 */
export const IMPROVEMENT_TEXT_MAX = {
  title: 255,
  description: 20_000,
  /** Each part of a goal, and a measured result. */
  goal: 1_000,
  /** Notes and reasons. */
  note: 10_000,
  /** The address of an origin or of evidence. */
  url: 2_000,
} as const;

const MAX = IMPROVEMENT_TEXT_MAX;

/**
 * What is to become true by an improvement, and how that is measured.
 *
 * @public
 */
export const improvementGoalSchema = z.strictObject({
  measure: requiredText(MAX.goal).describe('What will be measured'),
  from: requiredText(MAX.goal)
    .nullable()
    .describe('Its value before, where known'),
  to: requiredText(MAX.goal).describe('The value that it is to reach'),
  by: isoInstantSchema.nullable().describe('By when'),
});

/** @public */
export const improvementPrioritySchema = z.enum(['high', 'medium', 'low']);

/** @public */
export const improvementOriginKindSchema = z.enum([
  'incident',
  'game-day',
  'tabletop',
  'readiness-test',
  'pre-mortem',
  'lesson',
  'other',
]);

/**
 * What made somebody file an improvement.
 *
 * @public
 */
export const improvementOriginSchema = z.strictObject({
  kind: improvementOriginKindSchema,
  url: webAddressSchema.nullable(),
});

const wording = {
  title: requiredText(MAX.title),
  description: z.string().max(MAX.description).describe('Markdown'),
  goal: improvementGoalSchema.nullable(),
  priority: improvementPrioritySchema.nullable(),
  origin: improvementOriginSchema.nullable(),
};

/**
 * The body of `POST /improvements`.
 *
 * @public
 */
export const improvementSubmissionSchema = z.strictObject({
  key: submissionKeySchema,
  entityRef: requiredText(500),
  trackerId: z
    .string()
    .max(1_000)
    .optional()
    .describe(
      'One of `GET /services/{kind}/{namespace}/{name}/trackers`; the first of them if left out',
    ),
  ...wording,
  alternativeTo: z
    .string()
    .max(100)
    .nullable()
    .default(null)
    .describe(
      'The id of the improvement whose goal was not met, and that this one is the alternative to',
    ),
  findingId: z
    .string()
    .max(100)
    .optional()
    .describe(
      'The finding of the same service that it is filed for; the kind of its origin follows that of the finding',
    ),
});

/**
 * The body of `POST /improvements/{id}/resend`: the corrected wording of an
 * improvement that its tracker refused.
 *
 * @public
 */
export const improvementCorrectionSchema = z.strictObject({
  ...wording,
  trackerId: z.string().max(1_000).optional(),
});

/**
 * Where the filing of an improvement stands: `queued` waits for its tracker,
 * `filed` is a ticket there, `rejected` was refused by the tracker and waits for
 * a correction.
 *
 * @public
 */
export const improvementDeliverySchema = z.enum([
  'queued',
  'filed',
  'rejected',
]);

/** @public */
export const evaluationVerdictSchema = z.enum([
  'met',
  'inconclusive',
  'not-met',
]);

/**
 * Where an improvement stands in its loop: `filing` is no ticket yet, `open` is
 * not done, `done` needs no evaluation, `evaluation-due` waits to be judged,
 * `evaluation-overdue` for longer than the policy allows; `met`, `inconclusive`
 * and `not-met` are its verdicts; `gone` is no longer in its tracker.
 *
 * @public
 */
export const improvementStageSchema = z.enum([
  'filing',
  'open',
  'done',
  'evaluation-due',
  'evaluation-overdue',
  'met',
  'inconclusive',
  'not-met',
  'gone',
]);

/**
 * The body of `POST /improvements/{id}/evaluation`.
 *
 * @public
 */
export const evaluationRequestSchema = z
  .strictObject({
    verdict: evaluationVerdictSchema,
    measured: z
      .string()
      .trim()
      .max(MAX.goal)
      .nullable()
      .describe('The measured result'),
    evidence: z.array(evidenceSchema).max(20),
    note: z.string().max(MAX.note).nullable().describe('Markdown'),
    stillPriority: z
      .boolean()
      .nullable()
      .describe('Where the goal was not met: whether it still matters'),
    reason: requiredText(MAX.note)
      .nullable()
      .describe('Why a goal that was not met does not matter any more'),
  })
  .superRefine((evaluation, context) => {
    const { verdict, stillPriority, reason } = evaluation;
    const issue = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (verdict !== 'not-met' && stillPriority !== null) {
      issue('stillPriority', 'expected null, for the goal was not missed');
    }
    if (verdict === 'not-met' && stillPriority === null) {
      issue(
        'stillPriority',
        'expected true or false: is what was not met still a priority?',
      );
    }
    if (verdict === 'not-met' && stillPriority === false && reason === null) {
      issue('reason', 'expected why it is no priority any more');
    }
  });

/** @public */
export const evaluationSchema = z.object({
  id: z.string(),
  verdict: evaluationVerdictSchema,
  measured: z.string().nullable(),
  evidence: z.array(z.object({ title: z.string(), url: z.string() })),
  note: z.string().nullable(),
  stillPriority: z.boolean().nullable(),
  reason: z.string().nullable(),
  evaluatedBy: z.string(),
  evaluatedAt: isoInstantSchema,
  doneAt: isoInstantSchema.describe('When what it judges had been done'),
});

/** @public */
export const improvementSchema = z.object({
  id: z.string(),
  entityRef: z.string(),
  entityTitle: z.string(),
  title: z.string(),
  description: z.string(),
  goal: improvementGoalSchema.nullable(),
  priority: improvementPrioritySchema.nullable(),
  origin: improvementOriginSchema.nullable(),
  filedBy: z.string().describe('The entity reference of who filed it'),
  createdAt: isoInstantSchema,
  tracker: z.object({
    id: z.string(),
    title: z.string(),
    scope: z.string().describe('Where in the tracker it belongs'),
  }),
  delivery: z.object({
    state: improvementDeliverySchema,
    attempts: z.number().int(),
    nextAttemptAt: isoInstantSchema.nullable(),
    reason: z
      .string()
      .nullable()
      .describe("Why it is not filed yet, in the tracker's words"),
  }),
  ticket: z
    .object({
      key: z.string(),
      url: z.string().nullable(),
      state: ticketStateSchema.nullable().describe('null: no longer known'),
    })
    .nullable(),
  stage: improvementStageSchema,
  doneAt: isoInstantSchema.nullable(),
  evaluationDueAt: isoInstantSchema.nullable(),
  evaluation: evaluationSchema
    .nullable()
    .describe('Of what is done now; an earlier one is history'),
  alternativeTo: z.string().nullable(),
  alternatives: z.array(z.string()),
  environment: z
    .object({ id: z.string(), title: z.string() })
    .nullable()
    .describe('Where it is tried'),
});

/**
 * One improvement, with its past and the chain that it is a part of.
 *
 * @public
 */
export const improvementDetailSchema = improvementSchema.extend({
  pastEvaluations: z
    .array(evaluationSchema)
    .describe('Of earlier times that it was done, newest first'),
  chain: z
    .array(
      z.object({
        id: z.string(),
        title: z.string(),
        stage: improvementStageSchema,
        ticketKey: z.string().nullable(),
        ticketUrl: z.string().nullable(),
        alternativeTo: z.string().nullable(),
      }),
    )
    .describe('It and what it is linked to as an alternative, oldest first'),
});

/**
 * The parameters of `GET /improvements`.
 *
 * @public
 */
export const improvementQuerySchema = pageQuerySchema.extend({
  entityRef: several(z.string().min(1)).describe('Services'),
  owner: several(z.string().min(1)).describe(
    'Owner references; services of nested groups are included',
  ),
  stage: several(improvementStageSchema).describe(
    'Where the improvements stand in their loop',
  ),
  delivery: several(improvementDeliverySchema).describe(
    'Where their filing stands',
  ),
});

/** @public */
export const improvementPageSchema = pageSchema(improvementSchema);

/**
 * Where improvements of a service can be filed,
 * `GET /services/{kind}/{namespace}/{name}/trackers`.
 *
 * @public
 */
export const trackerListSchema = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      scope: z.string(),
      url: z.string().nullable(),
      builtIn: z.boolean(),
    }),
  ),
});

/**
 * The parameters of `GET /services/{kind}/{namespace}/{name}/similar-tickets`.
 *
 * @public
 */
export const similarTicketQuerySchema = z.object({
  q: z.string().max(MAX.title).describe('A title as far as it is typed'),
});

/**
 * Open tickets of a service that look alike, most alike first.
 *
 * @public
 */
export const similarTicketListSchema = z.object({
  items: z.array(
    z.object({
      key: z.string(),
      url: z.string().nullable(),
      title: z.string(),
      state: ticketStateSchema,
      createdAt: isoInstantSchema,
    }),
  ),
});

/**
 * How a service, or all services of an owner, spend their time,
 * `GET /services/{kind}/{namespace}/{name}/time` and `GET /time?owner=`.
 *
 * @public
 */
export const timeReportSchema = z.object({
  weeks: z
    .array(
      z.object({
        from: isoInstantSchema.describe('Monday, 00:00 UTC'),
        opened: z.number().int(),
        closed: z.number().int(),
        otherClosed: z
          .number()
          .int()
          .describe('Tickets closed that are no improvements'),
      }),
    )
    .describe('The last 26 weeks, oldest first, the current one last'),
  openCount: z.number().int(),
  closed90d: z.number().int(),
  allClosed90d: z.number().int(),
  improvementShare90d: z.number().nullable(),
  policyShare: z
    .number()
    .nullable()
    .describe('The share that the policy asks for; null where none is asked'),
  daysToClear: z
    .number()
    .nullable()
    .describe('At the closing rate of 90 days; null where nothing is closed'),
  starvedSince: isoInstantSchema
    .nullable()
    .describe(
      'Since when improvements wait and none was closed; null where that is not so',
    ),
  asOf: isoInstantSchema,
});

/**
 * The body of `POST /waivers`.
 *
 * @public
 */
export const waiverRequestSchema = z.strictObject({
  entityRef: requiredText(500),
  measure: z.enum(['backlog', 'gameDay', 'readinessTest']),
  reason: requiredText(MAX.note),
  until: isoInstantSchema,
});

/** @public */
export type ImprovementGoal = z.infer<typeof improvementGoalSchema>;

/** @public */
export type ImprovementPriority = z.infer<typeof improvementPrioritySchema>;

/** @public */
export type ImprovementOrigin = z.infer<typeof improvementOriginSchema>;

/** @public */
export type ImprovementSubmission = z.output<
  typeof improvementSubmissionSchema
>;

/** @public */
export type ImprovementCorrection = z.output<
  typeof improvementCorrectionSchema
>;

/** @public */
export type ImprovementStage = z.infer<typeof improvementStageSchema>;

/** @public */
export type ImprovementDelivery = z.infer<typeof improvementDeliverySchema>;

/** @public */
export type Evaluation = z.infer<typeof evaluationSchema>;

/** @public */
export type EvaluationRequest = z.output<typeof evaluationRequestSchema>;

/** @public */
export type EvaluationVerdict = z.infer<typeof evaluationVerdictSchema>;

/** @public */
export type Improvement = z.infer<typeof improvementSchema>;

/** @public */
export type ImprovementDetail = z.infer<typeof improvementDetailSchema>;

/** @public */
export type ImprovementQuery = z.output<typeof improvementQuerySchema>;

/** @public */
export type TrackerList = z.infer<typeof trackerListSchema>;

/** @public */
export type SimilarTicketList = z.infer<typeof similarTicketListSchema>;

/** @public */
export type TimeReport = z.infer<typeof timeReportSchema>;

/** @public */
export type WaiverRequest = z.output<typeof waiverRequestSchema>;
