import { DAY_MS, Instant } from '../instants';

/** Where none was closed for as long, improvements are starved. */
const STARVED_AFTER_MS = 90 * DAY_MS;

/**
 * Backlogs are starved whose improvements wait and whose last one was closed at
 * this instant or before, or never.
 *
 * @public
 */
export function starvedUnlessClosedAfter(now: Instant): Instant {
  return now - STARVED_AFTER_MS;
}

/**
 * From when on improvements are starved unless one is closed; `null` where none
 * waits, or none was ever closed, so that they are already.
 *
 * @public
 */
export function starvesAt(backlog: {
  /** When the oldest open improvement was created. */
  oldestCreatedAt: Instant | null;
  /** When an improvement was last closed. */
  lastClosedAt: Instant | null;
}): Instant | null {
  const { lastClosedAt, oldestCreatedAt } = backlog;
  return oldestCreatedAt === null || lastClosedAt === null
    ? null
    : lastClosedAt + STARVED_AFTER_MS;
}

/**
 * Since when improvements wait and none was closed; `null` where none waits, or
 * one was closed within the last 90 days.
 *
 * @public
 */
export function starvedSince(
  backlog: {
    /** When the oldest open improvement was created. */
    oldestCreatedAt: Instant | null;
    /** When an improvement was last closed. */
    lastClosedAt: Instant | null;
  },
  options: { now: Instant },
): Instant | null {
  const { lastClosedAt, oldestCreatedAt } = backlog;
  if (oldestCreatedAt === null) return null;
  if (lastClosedAt === null) return oldestCreatedAt;
  return lastClosedAt > starvedUnlessClosedAfter(options.now)
    ? null
    : Math.max(oldestCreatedAt, lastClosedAt);
}
