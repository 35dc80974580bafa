import { DAY_MS, Instant } from '../instants';

/**
 * One week, in milliseconds: in UTC, all are as long.
 *
 * @public
 */
export const WEEK_MS = 7 * DAY_MS;

/** The first Monday after 1970-01-01, which was a Thursday. */
const FIRST_MONDAY: Instant = 4 * DAY_MS;

/**
 * When the ISO week of an instant began: Monday, 00:00 UTC.
 *
 * @public
 */
export function startOfWeek(instant: Instant): Instant {
  const weeks = Math.floor((instant - FIRST_MONDAY) / WEEK_MS);
  return FIRST_MONDAY + weeks * WEEK_MS;
}

/**
 * When the last so many ISO weeks began, oldest first, the current one last.
 *
 * @public
 */
export function lastWeeks(now: Instant, options: { count: number }): Instant[] {
  const { count } = options;
  const current = startOfWeek(now);
  return Array.from(
    { length: count },
    (_, index) => current - (count - 1 - index) * WEEK_MS,
  );
}
