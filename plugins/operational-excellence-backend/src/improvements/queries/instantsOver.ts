import {
  addDuration,
  DAY_MS,
  Instant,
  subtractDuration,
} from 'backstage-plugin-operational-excellence-common';

/** How far the ends of months lie apart at most, with room. */
const DAYS_AROUND = 5;

/** From one instant, inclusive, to another, exclusive. */
export type Interval = [from: Instant, to: Instant];

/**
 * The instants after which a duration is over by now.
 *
 * @remarks
 *
 * Months are not equally long, so a later instant may be over before an earlier
 * one: a month after 30 January 23:00 is later than one after 31 January 01:00.
 * Within one day, though, all instants move by the same.
 */
export function instantsOver(now: Instant, within: string): Interval[] {
  const middle = startOfDay(subtractDuration(now, within));
  const begin = middle - DAYS_AROUND * DAY_MS;
  const intervals: Interval[] = [[Number.MIN_SAFE_INTEGER, begin]];
  for (let day = -DAYS_AROUND; day <= DAYS_AROUND; day++) {
    const from = middle + day * DAY_MS;
    const over = now - addDuration(from, within);
    const to = from + Math.min(Math.max(over, 0), DAY_MS);
    const last = intervals[intervals.length - 1];
    if (last[1] === from) last[1] = to;
    else if (to > from) intervals.push([from, to]);
  }
  return intervals;
}

function startOfDay(instant: Instant): Instant {
  return Math.floor(instant / DAY_MS) * DAY_MS;
}
