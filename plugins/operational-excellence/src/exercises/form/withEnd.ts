import { DateTime } from 'luxon';
import { toLocalTime } from '../localTimes';
import type { PlanWording } from './ExerciseDraft';

const USUAL_HOURS = 2;

/** A change after which a plan that begins later does not end before that. */
export function withEnd(
  draft: PlanWording,
  change: Partial<PlanWording>,
): Partial<PlanWording> {
  const { plannedStart } = change;
  if (!plannedStart || draft.plannedEnd > plannedStart) return change;
  const start = DateTime.fromISO(plannedStart);
  if (!start.isValid) return change;
  const plannedEnd = toLocalTime(start.plus({ hours: USUAL_HOURS }).toISO());
  return { ...change, plannedEnd };
}
