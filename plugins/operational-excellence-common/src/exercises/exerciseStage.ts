import { ExerciseStage, ExerciseState } from '../api/exercises';
import { Instant } from '../instants';

/**
 * Where an exercise stands at an instant: one that is planned, and whose time is
 * over, was missed.
 *
 * @public
 */
export function exerciseStage(
  exercise: { state: ExerciseState; plannedEnd: Instant },
  now: Instant,
): ExerciseStage {
  const { plannedEnd, state } = exercise;
  return state === 'planned' && plannedEnd < now ? 'missed' : state;
}

/**
 * When an exercise counts as a game day, if it does: at its begin, once it was
 * held. One that was aborted before it began has none, and so rehearsed nothing;
 * one that was aborted later did.
 *
 * @public
 */
export function exerciseHeldAt(exercise: {
  state: ExerciseState;
  startedAt: Instant | null;
}): Instant | null {
  return exercise.state === 'held' ? exercise.startedAt : null;
}
