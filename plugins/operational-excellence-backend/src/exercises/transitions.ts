import { ConflictError, InputError } from '@backstage/errors';
import {
  exerciseHeldAt,
  ExerciseTransition,
  Instant,
} from 'backstage-plugin-operational-excellence-common';
import { ExerciseCourse, StoredExercise } from './exerciseRows';
import { requiredText, text } from './wording';

/** Which states lead to another one. */
const FROM: Record<
  ExerciseTransition['to'],
  readonly StoredExercise['state'][]
> = {
  running: ['planned'],
  held: ['planned', 'running'],
  cancelled: ['planned', 'running'],
};

/**
 * An exercise after a transition. Whether its times are possible is left to the
 * caller.
 *
 * @throws ConflictError where its state does not allow it
 * @throws InputError where it is not known when it began
 */
export function moved(
  exercise: StoredExercise,
  transition: ExerciseTransition,
  now: Instant,
): StoredExercise {
  const { state } = exercise;
  if (!FROM[transition.to].includes(state)) {
    throw new ConflictError(
      `The exercise is ${state}, and cannot become ${transition.to} any more`,
    );
  }
  return { ...exercise, ...courseOf(exercise, transition, now) };
}

/** Whether it counts as a game day, or did so before it was changed. */
export function held(exercise: ExerciseCourse): boolean {
  return exerciseHeldAt(exercise) !== null;
}

function courseOf(
  exercise: StoredExercise,
  transition: ExerciseTransition,
  now: Instant,
): Partial<ExerciseCourse> {
  switch (transition.to) {
    case 'running':
      return { state: 'running', startedAt: instant(transition.at) ?? now };
    case 'held': {
      const startedAt = instant(transition.startedAt) ?? exercise.startedAt;
      const { outcome } = transition;
      if (startedAt === null && outcome !== 'aborted') {
        throw new InputError(
          'Invalid body property startedAt: expected when it began, for that was not put down before',
        );
      }
      return {
        state: 'held',
        startedAt,
        endedAt: instant(transition.at) ?? now,
        outcome,
        surprises: text(transition.surprises) ?? exercise.surprises,
      };
    }
    default:
      return {
        state: 'cancelled',
        cancelReason: requiredText(transition.reason, 'reason'),
      };
  }
}

function instant(given: string | undefined): Instant | null {
  return given === undefined ? null : Date.parse(given);
}
