import { z } from 'zod';
import { isoDuration } from './isoDuration';

/**
 * What can count as a game day: an AWS FIS experiment that ran, or a kind of
 * exercise that people recorded.
 *
 * @public
 */
export const gameDayKindSchema = z.enum([
  'experiment',
  'game-day',
  'tabletop',
  'pre-mortem',
]);

/** @public */
export type GameDayKind = z.infer<typeof gameDayKindSchema>;

/** How long before a due instant a measure is `due-soon`, unless the policy says otherwise. */
const DEFAULT_WARN_BEFORE = 'P14D';

/**
 * The schema of one policy in `operationalExcellence.policies`. A measure that
 * the policy leaves out is `not-required`. Durations are ISO 8601.
 *
 * @public
 */
export const policySchema = z.strictObject({
  id: z.string().min(1),
  /** A filter predicate over the entity; without one the policy matches all. */
  match: z.record(z.string(), z.unknown()).optional(),
  /** The day in UTC from which on it applies; until then it is passed over. */
  enforceFrom: z.iso
    .date({ error: 'expected a day, such as 2027-01-31' })
    .optional(),
  backlog: z
    .strictObject({
      maxAge: isoDuration,
      warnBefore: isoDuration.default(DEFAULT_WARN_BEFORE),
      /** The least share of improvements among closed tickets, 0 to 1. */
      improvementShare: z.number().min(0).max(1).optional(),
    })
    .optional(),
  gameDay: z
    .strictObject({
      every: isoDuration,
      warnBefore: isoDuration.default(DEFAULT_WARN_BEFORE),
      counts: z
        .array(gameDayKindSchema)
        .min(1)
        .default(['experiment', 'game-day']),
    })
    .optional(),
  readinessTest: z
    .strictObject({
      templates: z.array(z.string().min(1)).min(1),
      every: isoDuration,
      warnBefore: isoDuration.default(DEFAULT_WARN_BEFORE),
    })
    .optional(),
  evaluation: z.strictObject({ within: isoDuration }).optional(),
  /** What is asked of the exercises that people plan. */
  exercise: z
    .strictObject({
      /** Users or groups of whom each has to approve before one may run. */
      approvers: z.array(z.string().min(1)).min(1).optional(),
      /** The kinds that need their approval. */
      approvalFor: z
        .array(z.enum(['game-day', 'tabletop', 'pre-mortem']))
        .min(1)
        .default(['game-day']),
      /** Until when findings are to be tested again, unless they say otherwise. */
      retestWithin: isoDuration.optional(),
    })
    .optional(),
});

/**
 * Thresholds as code, chosen per service by a filter.
 *
 * @public
 */
export type Policy = z.infer<typeof policySchema>;

/**
 * The policy that applies where `operationalExcellence.policies` is not
 * configured.
 *
 * @public
 */
export const defaultPolicy: Policy = policySchema.parse({
  id: 'default',
  backlog: { maxAge: 'P90D' },
  gameDay: { every: 'P180D' },
  readinessTest: { templates: ['production-readiness'], every: 'P365D' },
});
