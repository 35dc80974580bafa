import { ExerciseState } from '../api/exercises';
import { ExperimentState, isFinalExperimentState } from '../gameDay';
import { Instant } from '../instants';

/** How long before and after an exercise its experiments may run. */
const AROUND_MS = 15 * 60_000;

/**
 * What the time of an exercise follows from.
 *
 * @public
 */
export interface ExerciseTimes {
  state: ExerciseState;
  plannedStart: Instant;
  plannedEnd: Instant;
  startedAt: Instant | null;
  endedAt: Instant | null;
}

/**
 * From one instant to another, both inclusive.
 *
 * @public
 */
export interface TimeSpan {
  from: Instant;
  to: Instant;
}

/**
 * When an exercise is, as calendars and timelines show it: when it was held,
 * where it began; else when it is planned for. One that runs lasts at least as
 * long as it is planned for.
 *
 * @public
 */
export function exerciseSpan(exercise: ExerciseTimes): TimeSpan {
  const { endedAt, plannedEnd, plannedStart, startedAt } = exercise;
  if (startedAt === null) return { from: plannedStart, to: plannedEnd };
  return { from: startedAt, to: endedAt ?? Math.max(plannedEnd, startedAt) };
}

/**
 * When experiments may have run that belong to an exercise: its time, with a
 * quarter of an hour around; up to now where it runs for longer than planned.
 *
 * @public
 */
export function exerciseWindow(
  exercise: ExerciseTimes,
  now: Instant,
): TimeSpan {
  const { from, to } = exerciseSpan(exercise);
  const until = exercise.state === 'running' ? Math.max(to, now) : to;
  return { from: from - AROUND_MS, to: until + AROUND_MS };
}

/**
 * Whether an experiment falls into a span: between its creation and its end, and
 * up to now where it has not ended. One that ended without ever having run has
 * only its creation.
 *
 * @public
 */
export function isExperimentWithin(
  experiment: {
    state: ExperimentState;
    createdAt: Instant;
    endedAt: Instant | null;
  },
  span: TimeSpan,
  now: Instant,
): boolean {
  const { createdAt, endedAt, state } = experiment;
  const until = endedAt ?? (isFinalExperimentState(state) ? createdAt : now);
  return createdAt <= span.to && until >= span.from;
}
