import { DAY_MS } from 'backstage-plugin-operational-excellence-common';

/**
 * An instant that many whole days ago, and an hour more so that the count of
 * days does not tip while a test runs.
 */
export function daysAgo(days: number): string {
  return new Date(Date.now() - days * DAY_MS - DAY_MS / 24).toISOString();
}

/** An instant in that many days, and an hour more. */
export function inDays(days: number): string {
  return new Date(Date.now() + days * DAY_MS + DAY_MS / 24).toISOString();
}
