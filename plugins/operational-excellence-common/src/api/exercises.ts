import { z } from 'zod';
import { experimentStateSchema } from './experiments';
import { findingSchema } from './findings';
import {
  isoInstantSchema,
  pageQuerySchema,
  pageSchema,
  several,
} from './lists';
import {
  optionalText,
  RECORD_TEXT_MAX as MAX,
  recordVersionSchema,
  requiredText,
  submissionKeySchema,
} from './text';

/** @public */
export const exerciseKindSchema = z.enum([
  'game-day',
  'tabletop',
  'pre-mortem',
]);

/** @public */
export const exerciseStateSchema = z.enum([
  'planned',
  'running',
  'held',
  'cancelled',
]);

/**
 * Where an exercise stands at an instant: its state, or `missed` where it is
 * planned and its time is over.
 *
 * @public
 */
export const exerciseStageSchema = z.enum([
  ...exerciseStateSchema.options,
  'missed',
]);

/**
 * What became of the hypothesis. An exercise without one was `completed`.
 *
 * @public
 */
export const exerciseOutcomeSchema = z.enum([
  'hypothesis-held',
  'hypothesis-not-held',
  'completed',
  'aborted',
]);

/** @public */
export const approvalDecisionSchema = z.enum(['approved', 'rejected']);

const prerequisiteSchema = z.strictObject({
  text: requiredText(MAX.line),
  done: z.boolean(),
});

const roleSchema = z.strictObject({
  role: requiredText(MAX.name),
  who: requiredText(MAX.name).describe('An entity reference, or a name'),
});

const plan = {
  kind: exerciseKindSchema,
  title: requiredText(MAX.title),
  entityRefs: z
    .array(requiredText(MAX.name))
    .min(1)
    .max(50)
    .describe('The services that are rehearsed'),
  plannedStart: isoInstantSchema,
  plannedEnd: isoInstantSchema,
  facilitator: optionalText(MAX.name).describe(
    'An entity reference, or a name',
  ),
  roles: z.array(roleSchema).max(50),
  scope: optionalText(MAX.text).describe('What is rehearsed; Markdown'),
  hypothesis: optionalText(MAX.line),
  hypothesisBound: optionalText(MAX.line).describe(
    'By what is seen whether the hypothesis holds, such as p99 below 400 ms',
  ),
  steadyState: optionalText(MAX.line),
  blastRadius: optionalText(MAX.line),
  stopConditions: z.array(requiredText(MAX.line)).max(50),
  abortOwner: optionalText(MAX.name).describe('Who may and must abort it'),
  rollbackTried: z.boolean(),
  prerequisites: z.array(prerequisiteSchema).max(100),
  environmentId: z
    .string()
    .max(100)
    .nullable()
    .describe('The environment that it is held in'),
};

/**
 * The body of `POST /exercises`.
 *
 * @public
 */
export const exerciseSubmissionSchema = z.strictObject({
  key: submissionKeySchema,
  ...plan,
  facilitator: plan.facilitator.default(null),
  roles: plan.roles.default([]),
  scope: plan.scope.default(null),
  hypothesis: plan.hypothesis.default(null),
  hypothesisBound: plan.hypothesisBound.default(null),
  steadyState: plan.steadyState.default(null),
  blastRadius: plan.blastRadius.default(null),
  stopConditions: plan.stopConditions.default([]),
  abortOwner: plan.abortOwner.default(null),
  rollbackTried: plan.rollbackTried.default(false),
  prerequisites: plan.prerequisites.default([]),
  environmentId: plan.environmentId.default(null),
});

/**
 * The body of `PATCH /exercises/{id}`: what is left out stays as it is.
 *
 * @public
 */
export const exerciseChangeSchema = z.strictObject({
  version: recordVersionSchema,
  ...z.object(plan).partial().shape,
  surprises: optionalText(MAX.text)
    .optional()
    .describe('What nobody had expected; Markdown'),
});

/**
 * The body of `POST /exercises/{id}/transition`.
 *
 * @public
 */
export const exerciseTransitionSchema = z.discriminatedUnion('to', [
  z.strictObject({
    to: z.literal('running'),
    version: recordVersionSchema,
    at: isoInstantSchema.optional().describe('When it began; now if left out'),
  }),
  z.strictObject({
    to: z.literal('held'),
    version: recordVersionSchema,
    startedAt: isoInstantSchema
      .optional()
      .describe('When it began, where that was not put down before'),
    at: isoInstantSchema.optional().describe('When it ended; now if left out'),
    outcome: exerciseOutcomeSchema,
    surprises: optionalText(MAX.text).default(null),
  }),
  z.strictObject({
    to: z.literal('cancelled'),
    version: recordVersionSchema,
    reason: requiredText(MAX.line),
  }),
]);

/**
 * The body of `POST /exercises/{id}/log`.
 *
 * @public
 */
export const exerciseLogSubmissionSchema = z.strictObject({
  key: submissionKeySchema,
  at: isoInstantSchema.optional().describe('When it happened; now if left out'),
  text: requiredText(MAX.line),
});

/**
 * The body of `POST /exercises/{id}/approval`.
 *
 * @public
 */
export const exerciseApprovalRequestSchema = z
  .strictObject({
    version: recordVersionSchema.describe('The version that is decided on'),
    decision: approvalDecisionSchema,
    comment: optionalText(MAX.line).default(null),
  })
  .refine(
    ({ decision, comment }) => decision === 'approved' || Boolean(comment),
    { path: ['comment'], message: 'expected why it is rejected' },
  );

/**
 * The body of `POST /exercises/{id}/experiments`, and of `DELETE` there.
 *
 * @public
 */
export const exerciseExperimentLinkSchema = z.strictObject({
  sourceId: requiredText(MAX.name),
  experimentId: requiredText(MAX.name),
});

/** @public */
export const exerciseLogEntrySchema = z.object({
  id: z.string(),
  at: isoInstantSchema,
  by: z.string().describe('The entity reference of who wrote it'),
  text: z.string(),
});

const serviceRefSchema = z.object({
  entityRef: z.string(),
  title: z.string(),
});

/** @public */
export const linkedExperimentSchema = z.object({
  sourceId: z.string(),
  id: z.string(),
  title: z.string(),
  url: z.string().nullable(),
  state: experimentStateSchema,
  reason: z.string().nullable(),
  startedAt: isoInstantSchema.nullable(),
  endedAt: isoInstantSchema.nullable(),
  dryRun: z.boolean(),
  hasStopConditions: z.boolean(),
  linkedBy: z
    .enum(['tag', 'person'])
    .describe('By the tag that it carries, or by hand'),
});

/** @public */
export const approvalStateSchema = z.enum([
  'not-required',
  'pending',
  'approved',
  'rejected',
]);

/**
 * A rehearsal that people record, as lists show it.
 *
 * @public
 */
export const exerciseSchema = z.object({
  id: z.string(),
  version: z.number().int(),
  kind: exerciseKindSchema,
  title: z.string(),
  state: exerciseStateSchema,
  stage: exerciseStageSchema,
  services: z
    .array(serviceRefSchema)
    .describe('Those of its services that the caller may see'),
  hiddenServices: z.number().int().describe('How many of them are not shown'),
  plannedStart: isoInstantSchema,
  plannedEnd: isoInstantSchema,
  startedAt: isoInstantSchema.nullable(),
  endedAt: isoInstantSchema.nullable(),
  facilitator: z.string().nullable(),
  outcome: exerciseOutcomeSchema.nullable(),
  approvalState: approvalStateSchema,
  environment: z.object({ id: z.string(), title: z.string() }).nullable(),
  experimentCount: z.number().int(),
  findingCount: z.number().int(),
  openFindingCount: z.number().int().describe('Findings that are not closed'),
  unguarded: z
    .boolean()
    .describe('Whether one of its experiments ran without a stop condition'),
});

/**
 * One exercise with all that was written down.
 *
 * @public
 */
export const exerciseDetailSchema = exerciseSchema.extend({
  roles: z.array(z.object({ role: z.string(), who: z.string() })),
  scope: z.string().nullable(),
  hypothesis: z.string().nullable(),
  hypothesisBound: z.string().nullable(),
  steadyState: z.string().nullable(),
  blastRadius: z.string().nullable(),
  stopConditions: z.array(z.string()),
  abortOwner: z.string().nullable(),
  rollbackTried: z.boolean(),
  prerequisites: z.array(z.object({ text: z.string(), done: z.boolean() })),
  surprises: z.string().nullable(),
  cancelReason: z.string().nullable(),
  approvals: z
    .array(
      z.object({
        approver: z
          .string()
          .describe('Who has to approve: an entity reference of the policy'),
        decision: approvalDecisionSchema.nullable(),
        decidedBy: z.string().nullable(),
        decidedAt: isoInstantSchema.nullable(),
        comment: z.string().nullable(),
      }),
    )
    .describe('What the policies ask for; void after the plan was changed'),
  mayDecide: z
    .boolean()
    .describe('Whether the caller is one of those who have to approve'),
  log: z.array(exerciseLogEntrySchema).describe('Oldest first'),
  experiments: z.array(linkedExperimentSchema),
  findings: z.array(findingSchema),
  tag: z
    .object({ key: z.string(), value: z.string() })
    .describe('Experiments that carry this tag are linked by themselves'),
  createdBy: z.string(),
  createdAt: isoInstantSchema,
  updatedBy: z.string(),
  updatedAt: isoInstantSchema,
});

/**
 * The parameters of `GET /exercises`.
 *
 * @public
 */
export const exerciseQuerySchema = pageQuerySchema.extend({
  entityRef: several(z.string().min(1)).describe('Services'),
  owner: several(z.string().min(1)).describe(
    'Owner references; services of nested groups are included',
  ),
  kind: several(exerciseKindSchema).describe('Kinds of exercises'),
  stage: several(exerciseStageSchema).describe('Where they stand now'),
  from: isoInstantSchema
    .optional()
    .describe('Only those that end, or were to end, at or after that instant'),
  to: isoInstantSchema
    .optional()
    .describe('Only those that begin, or were to begin, before that instant'),
  q: z.string().max(200).optional().describe('Text that the title contains'),
  sort: z
    .enum(['start', '-start'])
    .default('-start')
    .describe('By when it began or is to begin; `-` puts the latest first'),
});

/** @public */
export const exercisePageSchema = pageSchema(exerciseSchema);

/**
 * Experiments of the services and the time of an exercise that are not linked to
 * it, `GET /exercises/{id}/experiment-suggestions`.
 *
 * @public
 */
export const experimentSuggestionsSchema = z.object({
  items: z.array(linkedExperimentSchema.omit({ linkedBy: true })),
});

/**
 * The body of `POST /calendar-feeds`.
 *
 * @public
 */
export const calendarFeedRequestSchema = z.strictObject({
  entityRef: z.string().min(1).max(MAX.name).optional(),
  owner: z.string().min(1).max(MAX.name).optional(),
});

/**
 * A calendar that other programs can subscribe to. Its address is a secret, and
 * is told only once.
 *
 * @public
 */
export const calendarFeedSchema = z.object({
  id: z.string(),
  url: z.string(),
  expiresAt: isoInstantSchema,
});

/**
 * A calendar that the caller made and has not taken back, without its address.
 *
 * @public
 */
export const calendarFeedItemSchema = z.object({
  id: z.string(),
  entityRef: z.string().nullable().describe('Only exercises of that service'),
  owner: z.string().nullable().describe('Only exercises of what it owns'),
  createdAt: isoInstantSchema,
  expiresAt: isoInstantSchema,
});

/**
 * The caller's own calendars, `GET /calendar-feeds`; each is taken back by
 * `DELETE /calendar-feeds/{id}`.
 *
 * @public
 */
export const calendarFeedListSchema = z.object({
  items: z.array(calendarFeedItemSchema),
});

/** @public */
export type ExerciseKind = z.infer<typeof exerciseKindSchema>;
/** @public */
export type ExerciseState = z.infer<typeof exerciseStateSchema>;
/** @public */
export type ExerciseStage = z.infer<typeof exerciseStageSchema>;
/** @public */
export type ExerciseOutcome = z.infer<typeof exerciseOutcomeSchema>;
/** @public */
export type ApprovalDecision = z.infer<typeof approvalDecisionSchema>;
/** @public */
export type ApprovalState = z.infer<typeof approvalStateSchema>;
/** @public */
export type ExerciseSubmission = z.output<typeof exerciseSubmissionSchema>;
/** @public */
export type ExerciseSubmissionInput = z.input<typeof exerciseSubmissionSchema>;
/** @public */
export type ExerciseChange = z.output<typeof exerciseChangeSchema>;
/** @public */
export type ExerciseTransition = z.output<typeof exerciseTransitionSchema>;
/** @public */
export type ExerciseTransitionInput = z.input<typeof exerciseTransitionSchema>;
/** @public */
export type ExerciseLogSubmission = z.output<
  typeof exerciseLogSubmissionSchema
>;
/** @public */
export type ExerciseApprovalRequest = z.output<
  typeof exerciseApprovalRequestSchema
>;
/** @public */
export type ExerciseExperimentLink = z.output<
  typeof exerciseExperimentLinkSchema
>;
/** @public */
export type ExerciseLogEntry = z.infer<typeof exerciseLogEntrySchema>;
/** @public */
export type Exercise = z.infer<typeof exerciseSchema>;
/** @public */
export type ExerciseDetail = z.infer<typeof exerciseDetailSchema>;
/** @public */
export type ExerciseQuery = z.output<typeof exerciseQuerySchema>;
/** @public */
export type LinkedExperiment = z.infer<typeof linkedExperimentSchema>;
/** @public */
export type ExperimentSuggestions = z.infer<typeof experimentSuggestionsSchema>;
/** @public */
export type CalendarFeedRequest = z.output<typeof calendarFeedRequestSchema>;
/** @public */
export type CalendarFeed = z.infer<typeof calendarFeedSchema>;
/** @public */
export type CalendarFeedItem = z.infer<typeof calendarFeedItemSchema>;
/** @public */
export type CalendarFeedList = z.infer<typeof calendarFeedListSchema>;
