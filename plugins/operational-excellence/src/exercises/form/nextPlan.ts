import type { ExerciseDetail } from 'backstage-plugin-operational-excellence-common';
import { DateTime, Duration } from 'luxon';
import { toLocalTime } from '../localTimes';
import { PlanWording, wordingOf } from './ExerciseDraft';

const WITHOUT_POLICY = Duration.fromObject({ months: 3 });

/**
 * When an exercise is held again: as the policy asks, else three months later; on
 * the same weekday at the same time of the reader's clock, and never later than
 * the policy asks unless that is over. What would be in the past is in a week at
 * the earliest.
 *
 * @param every - the shortest of what the policies of its services ask
 */
export function nextStart(
  lastStart: string,
  every: Duration | undefined,
  now: number,
): DateTime {
  const last = DateTime.fromISO(lastStart);
  const due = last.plus(every ?? WITHOUT_POLICY);
  const sameWeekday = due.minus({ days: (due.weekday - last.weekday + 7) % 7 });
  const soonest = DateTime.fromMillis(now).plus({ weeks: 1 });
  // An interval of less than a week would lead back to the last one.
  if (sameWeekday > DateTime.max(soonest, last)) return sameWeekday;
  const from = DateTime.max(soonest, last.plus({ days: 1 }));
  const day = from.plus({ days: (last.weekday - from.weekday + 7) % 7 });
  const at = day.set({
    hour: last.hour,
    minute: last.minute,
    second: 0,
    millisecond: 0,
  });
  return at < from ? at.plus({ weeks: 1 }) : at;
}

/** The shortest of what policies ask. */
export function shortest(intervals: readonly string[]): Duration | undefined {
  return intervals
    .map(interval => Duration.fromISO(interval))
    .filter(({ isValid }) => isValid)
    .sort((a, b) => a.toMillis() - b.toMillis())[0];
}

/** The plan of the next exercise like another one: what it came to is left out. */
export function nextPlan(
  exercise: ExerciseDetail,
  every: Duration | undefined,
  now: number,
): PlanWording {
  const plan = wordingOf(exercise);
  const start = nextStart(
    exercise.startedAt ?? exercise.plannedStart,
    every,
    now,
  );
  const lasted = DateTime.fromISO(exercise.plannedEnd).diff(
    DateTime.fromISO(exercise.plannedStart),
  );
  const local = (instant: DateTime) => toLocalTime(instant.toISO());
  return {
    ...plan,
    plannedStart: local(start),
    plannedEnd: local(start.plus(lasted)),
    rollbackTried: false,
    prerequisites: plan.prerequisites.map(each => ({ ...each, done: false })),
    environment: null,
  };
}
