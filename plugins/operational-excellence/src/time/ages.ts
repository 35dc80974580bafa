import { DateTime } from 'luxon';

const DAY_MS = 86_400_000;

/** Whole days between two instants, never negative: clocks may be off. */
export function daysBetween(from: string, to: number): number {
  return Math.max(0, Math.floor((to - Date.parse(from)) / DAY_MS));
}

/** The exact instant in the reader's own time zone, with its offset. */
export function exactInstant(instant: string): string {
  return DateTime.fromISO(instant).toLocaleString({
    ...DateTime.DATETIME_FULL,
    timeZoneName: 'short',
  });
}

/** The day of an instant in the reader's own time zone, such as 1 Jul 2026. */
export function dayOf(instant: string): string {
  return DateTime.fromISO(instant).toLocaleString(DateTime.DATE_MED);
}

/**
 * The day of an instant in UTC, for what was meant as a day rather than as an
 * instant: it is the same one for every reader.
 */
export function utcDayOf(instant: string): string {
  return DateTime.fromISO(instant, { zone: 'utc' }).toLocaleString(
    DateTime.DATE_MED,
  );
}
