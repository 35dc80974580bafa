import { z } from 'zod';
import {
  isoInstantSchema,
  pageQuerySchema,
  pageSchema,
  several,
} from './lists';
import { improvementStageSchema } from './improvements';
import {
  optionalText,
  RECORD_TEXT_MAX as MAX,
  recordVersionSchema,
  requiredText,
  submissionKeySchema,
} from './text';

/** @public */
export const findingSeveritySchema = z.enum([
  'critical',
  'high',
  'medium',
  'low',
]);

/**
 * Where a finding stands at an instant: `open` has no improvement yet,
 * `improving` waits for its improvement to be done, `retest-due` for an exercise
 * or experiment after that which proves it, `retest-overdue` for longer than it
 * was to; `closed` was proven.
 *
 * @public
 */
export const findingStageSchema = z.enum([
  'open',
  'improving',
  'retest-due',
  'retest-overdue',
  'closed',
]);

const wording = {
  severity: findingSeveritySchema,
  text: requiredText(MAX.text).describe('What was found; Markdown'),
  lesson: optionalText(MAX.text).describe(
    'What others can learn from it; Markdown',
  ),
  tags: z
    .array(
      z
        .string()
        .trim()
        .toLowerCase()
        .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,49}$/u),
    )
    .max(20),
  retestBy: isoInstantSchema
    .nullable()
    .describe('Until when it is to be tested again'),
};

/**
 * The body of `POST /findings`.
 *
 * @public
 */
export const findingSubmissionSchema = z
  .strictObject({
    key: submissionKeySchema,
    entityRef: requiredText(MAX.name).describe('The service that it is about'),
    exerciseId: z.string().max(100).nullable().default(null),
    readinessTestId: z.string().max(100).nullable().default(null),
    readinessItemId: z.string().max(200).nullable().default(null),
    ...wording,
    lesson: wording.lesson.default(null),
    tags: wording.tags.default([]),
    retestBy: wording.retestBy.default(null),
  })
  .refine(
    ({ exerciseId, readinessTestId }) =>
      (exerciseId === null) !== (readinessTestId === null),
    {
      path: ['exerciseId'],
      message: 'expected either an exercise or a readiness test',
    },
  );

/**
 * The body of `PATCH /findings/{id}`: what is left out stays as it is.
 *
 * @public
 */
export const findingChangeSchema = z.strictObject({
  version: recordVersionSchema,
  ...z.object(wording).partial().shape,
  improvementId: z
    .string()
    .max(100)
    .nullable()
    .optional()
    .describe('The improvement that was filed for it'),
});

/**
 * The body of `POST /findings/{id}/retests`: what a later exercise or experiment
 * showed.
 *
 * @public
 */
export const retestSubmissionSchema = z.strictObject({
  key: submissionKeySchema,
  by: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('exercise'),
      id: requiredText(100),
    }),
    z.strictObject({
      kind: z.literal('experiment'),
      sourceId: requiredText(MAX.name),
      id: requiredText(MAX.name),
    }),
  ]),
  result: z.enum(['fixed', 'not-fixed']),
  note: optionalText(MAX.line).default(null),
});

/** @public */
export const retestSchema = z.object({
  id: z.string(),
  kind: z.enum(['exercise', 'experiment']),
  byId: z.string().describe('The id of the exercise or experiment'),
  title: z.string(),
  testedAt: isoInstantSchema.describe('When that was held'),
  result: z.enum(['fixed', 'not-fixed']),
  note: z.string().nullable(),
  recordedBy: z.string(),
});

/**
 * What an exercise or a readiness test brought to light.
 *
 * @public
 */
export const findingSchema = z.object({
  id: z.string(),
  version: z.number().int(),
  entityRef: z.string(),
  entityTitle: z.string(),
  origin: z.object({
    kind: z.enum(['game-day', 'tabletop', 'pre-mortem', 'readiness-test']),
    id: z.string(),
    title: z.string(),
    itemId: z.string().nullable().describe('Of the readiness template'),
  }),
  severity: findingSeveritySchema,
  text: z.string(),
  lesson: z.string().nullable(),
  tags: z.array(z.string()),
  retestBy: isoInstantSchema.nullable(),
  stage: findingStageSchema,
  improvement: z
    .object({
      id: z.string(),
      title: z.string(),
      stage: improvementStageSchema,
      ticketKey: z.string().nullable(),
      ticketUrl: z.string().nullable(),
    })
    .nullable(),
  retests: z.array(retestSchema).describe('Newest first'),
  closedAt: isoInstantSchema
    .nullable()
    .describe('When the test was held that proved it'),
  createdBy: z.string(),
  createdAt: isoInstantSchema,
  updatedBy: z.string(),
  updatedAt: isoInstantSchema,
});

/**
 * The parameters of `GET /findings`.
 *
 * @public
 */
export const findingQuerySchema = pageQuerySchema.extend({
  entityRef: several(z.string().min(1)).describe('Services'),
  owner: several(z.string().min(1)).describe(
    'Owner references; services of nested groups are included',
  ),
  exerciseId: several(z.string().min(1)).describe(
    'Exercises that brought them to light',
  ),
  readinessTestId: several(z.string().min(1)).describe(
    'Readiness tests that brought them to light',
  ),
  severity: several(findingSeveritySchema).describe('How bad they are'),
  stage: several(findingStageSchema).describe('Where they stand'),
  sort: z
    .enum(['-createdAt', 'createdAt', 'severity', 'retestBy'])
    .default('-createdAt')
    .describe('`severity` puts the worst first, `retestBy` the earliest'),
});

/** @public */
export const findingPageSchema = pageSchema(findingSchema);

/**
 * What a finding can teach others, of the organisation's feed `GET /lessons`.
 *
 * @public
 */
export const lessonSchema = findingSchema
  .pick({
    id: true,
    entityRef: true,
    entityTitle: true,
    origin: true,
    severity: true,
    text: true,
    tags: true,
    stage: true,
    createdBy: true,
    createdAt: true,
  })
  .extend({ lesson: z.string() });

/**
 * The parameters of `GET /lessons`, newest first.
 *
 * @public
 */
export const lessonQuerySchema = pageQuerySchema.extend({
  q: z
    .string()
    .max(200)
    .optional()
    .describe(
      'Words that the lesson, the finding, its service or its origin contain, in any order',
    ),
  tag: several(z.string().min(1)).describe('Tags, at least one of which'),
  severity: several(findingSeveritySchema).describe('How bad the findings are'),
  owner: several(z.string().min(1)).describe(
    'Owner references; services of nested groups are included',
  ),
  entityRef: several(z.string().min(1)).describe('Services'),
  origin: several(
    z.enum(['game-day', 'tabletop', 'pre-mortem', 'readiness-test']),
  ).describe('What brought the findings to light'),
});

/** @public */
export const lessonPageSchema = pageSchema(lessonSchema).extend({
  tags: z
    .array(z.object({ tag: z.string(), count: z.number().int() }))
    .describe('The most used tags of all lessons that the caller may see'),
});

/** @public */
export type FindingSeverity = z.infer<typeof findingSeveritySchema>;
/** @public */
export type FindingStage = z.infer<typeof findingStageSchema>;
/** @public */
export type FindingSubmission = z.output<typeof findingSubmissionSchema>;
/** @public */
export type FindingSubmissionInput = z.input<typeof findingSubmissionSchema>;
/** @public */
export type FindingChange = z.output<typeof findingChangeSchema>;
/** @public */
export type RetestSubmission = z.output<typeof retestSubmissionSchema>;
/** @public */
export type RetestSubmissionInput = z.input<typeof retestSubmissionSchema>;
/** @public */
export type Retest = z.infer<typeof retestSchema>;
/** @public */
export type Finding = z.infer<typeof findingSchema>;
/** @public */
export type FindingQuery = z.output<typeof findingQuerySchema>;
/** @public */
export type Lesson = z.infer<typeof lessonSchema>;
/** @public */
export type LessonQuery = z.output<typeof lessonQuerySchema>;
/** @public */
export type LessonPage = z.infer<typeof lessonPageSchema>;
