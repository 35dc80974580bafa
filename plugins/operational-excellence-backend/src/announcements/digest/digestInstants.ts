import { Instant } from 'backstage-plugin-operational-excellence-common';
import { DateTime, WeekdayNumbers } from 'luxon';

/** When digests are sent. */
export interface DigestTime {
  /** 1 is Monday. */
  weekday: WeekdayNumbers;
  hour: number;
  timeZone: string;
}

/**
 * When the newest digest was to be sent, and when the one after it is. Where the
 * clocks of the time zone skip the hour, it is the one after.
 */
export function digestInstants(
  now: Instant,
  { hour, timeZone, weekday }: DigestTime,
): { last: Instant; next: Instant } {
  const local = DateTime.fromMillis(now, { zone: timeZone });
  const inWeek = (weeks: number) =>
    local
      .set({ hour: 12 })
      .plus({ weeks })
      .set({ weekday, hour, minute: 0, second: 0, millisecond: 0 })
      .toMillis();
  const thisWeek = inWeek(0);
  return thisWeek <= now
    ? { last: thisWeek, next: inWeek(1) }
    : { last: inWeek(-1), next: thisWeek };
}
