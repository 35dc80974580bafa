import { DateTime, DurationLike } from 'luxon';

/**
 * The last instant of a day in the reader's time zone, in milliseconds;
 * `undefined` where it is none.
 *
 * @param day - such as 2026-12-31
 */
export function endOfDay(day: string): number | undefined {
  const end = DateTime.fromFormat(day, 'yyyy-MM-dd').endOf('day');
  return end.isValid ? end.toMillis() : undefined;
}

/** The day that is so far ahead, in the reader's time zone. */
export function dayAhead(now: number, by: DurationLike): string {
  return DateTime.fromMillis(now).plus(by).toFormat('yyyy-MM-dd');
}
