import { DateTime, Duration } from 'luxon';

/**
 * A point in time, in milliseconds since 1970-01-01T00:00:00Z.
 *
 * @public
 */
export type Instant = number;

/**
 * One day, in milliseconds.
 *
 * @public
 */
export const DAY_MS = 86_400_000;

/**
 * The instant that lies an ISO 8601 duration after another one. Calendar units
 * (months, years) are counted in UTC.
 *
 * @public
 */
export function addDuration(instant: Instant, isoDuration: string): Instant {
  return DateTime.fromMillis(instant, { zone: 'utc' })
    .plus(Duration.fromISO(isoDuration))
    .toMillis();
}

/**
 * The instant that lies an ISO 8601 duration before another one.
 *
 * @public
 */
export function subtractDuration(
  instant: Instant,
  isoDuration: string,
): Instant {
  return DateTime.fromMillis(instant, { zone: 'utc' })
    .minus(Duration.fromISO(isoDuration))
    .toMillis();
}

/**
 * An instant as the API writes it: ISO 8601 in UTC with milliseconds, `null`
 * where there is none.
 *
 * @public
 */
export function toIsoInstant(instant: Instant): string;
/** @public */
export function toIsoInstant(instant: Instant | null): string | null;
export function toIsoInstant(instant: Instant | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}
