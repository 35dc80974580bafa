import {
  exerciseOutcomeSchema,
  RECORD_TEXT_MAX,
  type ExerciseDetail,
  type ExerciseOutcome,
} from 'backstage-plugin-operational-excellence-common';
import type { DraftKind } from '../../../drafts';
import { toInstant, toLocalTime } from '../../localTimes';

const CLOCK_SKEW_MS = 5 * 60_000;

/** What a person types of how an exercise went. */
export interface HoldDraft {
  outcome: ExerciseOutcome | '';
  /** Local times. */
  startedAt: string;
  endedAt: string;
  surprises: string;
}

/** A draft in which the times are as far as they are known. */
export function newHoldDraft(
  exercise: Pick<
    ExerciseDetail,
    'startedAt' | 'plannedStart' | 'plannedEnd' | 'surprises'
  >,
  now: number,
): HoldDraft {
  const { plannedEnd, plannedStart, startedAt, surprises } = exercise;
  const isPast = (instant: string) => Date.parse(instant) <= now;
  const endedAt =
    startedAt === null && isPast(plannedEnd)
      ? plannedEnd
      : new Date(now).toISOString();
  return {
    outcome: '',
    startedAt: toLocalTime(
      startedAt ?? (isPast(plannedStart) ? plannedStart : null),
    ),
    endedAt: toLocalTime(endedAt),
    surprises: surprises ?? '',
  };
}

/** What came of it: whether a hypothesis held is asked only where there is one. */
export function outcomesOf({
  hypothesis,
}: Pick<ExerciseDetail, 'hypothesis'>): ExerciseOutcome[] {
  return hypothesis
    ? ['hypothesis-held', 'hypothesis-not-held', 'aborted']
    : ['completed', 'aborted'];
}

export type HoldProblem =
  | 'outcomeMissing'
  | 'startMissing'
  | 'endMissing'
  | 'startInFuture'
  | 'endInFuture'
  | 'endBeforeStart'
  | 'tooLong';

/** What has to be corrected before it can be saved, by field. */
export function holdProblems(
  draft: HoldDraft,
  exercise: Pick<ExerciseDetail, 'startedAt' | 'hypothesis'>,
  now: number,
): Partial<Record<keyof HoldDraft, HoldProblem>> {
  const start = toInstant(draft.startedAt);
  const end = toInstant(draft.endedAt);
  const isInFuture = (instant: string) =>
    Date.parse(instant) > now + CLOCK_SKEW_MS;
  const startProblem = (): HoldProblem | undefined => {
    if (exercise.startedAt !== null) return undefined;
    // What was aborted may never have begun.
    if (!start) return draft.outcome === 'aborted' ? undefined : 'startMissing';
    return isInFuture(start) ? 'startInFuture' : undefined;
  };
  const endProblem = (): HoldProblem | undefined => {
    if (!end) return 'endMissing';
    if (isInFuture(end)) return 'endInFuture';
    // The fields leave out the seconds.
    const begin = toInstant(toLocalTime(exercise.startedAt)) ?? start;
    return begin && end < begin ? 'endBeforeStart' : undefined;
  };
  return {
    outcome:
      draft.outcome && outcomesOf(exercise).includes(draft.outcome)
        ? undefined
        : 'outcomeMissing',
    startedAt: startProblem(),
    endedAt: endProblem(),
    surprises:
      draft.surprises.trim().length > RECORD_TEXT_MAX.text
        ? 'tooLong'
        : undefined,
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export const holdDrafts: DraftKind<HoldDraft> = {
  format: draft => ({ ...draft }),
  parse: kept => {
    if (typeof kept !== 'object' || kept === null) return undefined;
    const fields: Record<string, unknown> = { ...kept };
    const outcome = exerciseOutcomeSchema.safeParse(fields.outcome);
    return {
      outcome: outcome.success ? outcome.data : '',
      startedAt: textOf(fields.startedAt),
      endedAt: textOf(fields.endedAt),
      surprises: textOf(fields.surprises),
    };
  },
  isUntouched: (draft, begun) =>
    draft.outcome === '' && draft.surprises === begun.surprises,
};
