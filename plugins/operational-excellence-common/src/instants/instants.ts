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
 * How long durations are that need no calendar, milliseconds: in UTC, weeks and
 * days are all as long. They come from policies, so there are few of them.
 */
const lengths = new Map<string, number | undefined>();

function lengthOf(isoDuration: string): number | undefined {
  if (!lengths.has(isoDuration)) {
    const duration = Duration.fromISO(isoDuration);
    const hasLength =
      duration.isValid && duration.years === 0 && duration.months === 0;
    lengths.set(isoDuration, hasLength ? duration.toMillis() : undefined);
  }
  return lengths.get(isoDuration);
}

function moved(instant: Instant, isoDuration: string, sign: 1 | -1): Instant {
  const length = lengthOf(isoDuration);
  if (length !== undefined) return instant + sign * length;
  const from = DateTime.fromMillis(instant, { zone: 'utc' });
  const duration = Duration.fromISO(isoDuration);
  return (sign === 1 ? from.plus(duration) : from.minus(duration)).toMillis();
}

/**
 * The instant that lies an ISO 8601 duration after another one. Calendar units
 * (months, years) are counted in UTC.
 *
 * @public
 */
export function addDuration(instant: Instant, isoDuration: string): Instant {
  return moved(instant, isoDuration, 1);
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
  return moved(instant, isoDuration, -1);
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
