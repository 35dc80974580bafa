import {
  DAY_MS,
  Instant,
} from 'backstage-plugin-operational-excellence-common';

/** A day by the calendar of UTC: how many there were since 1970. */
export type Day = number;

export function dayOf(instant: Instant): Day {
  return Math.floor(instant / DAY_MS);
}

/** A day as the API tells it, such as `2026-07-01`. */
export function isoDay(day: Day): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

export function dayOfIso(text: string): Day {
  return Date.parse(text) / DAY_MS;
}
