import { Instant, toIsoInstant } from '../instants';

/**
 * How far ahead of ours a clock may be, milliseconds: what it calls now is not
 * refused as the future.
 *
 * @public
 */
export const CLOCK_SKEW_MS = 5 * 60_000;

/**
 * What is wrong with the time that an exercise is planned for; `undefined` where
 * nothing is.
 *
 * @public
 */
export function planTimesProblem(plan: {
  plannedStart: Instant;
  plannedEnd: Instant;
}): string | undefined {
  const { plannedEnd, plannedStart } = plan;
  if (plannedStart < plannedEnd) return undefined;
  return `plannedEnd ${toIsoInstant(
    plannedEnd,
  )} is not after plannedStart ${toIsoInstant(plannedStart)}`;
}

/**
 * What is wrong with when an exercise began and ended: nothing did in the future,
 * or ended before it began. `undefined` where nothing is.
 *
 * @param times - `null` where it did not begin, or end
 * @public
 */
export function heldTimesProblem(
  times: { startedAt: Instant | null; endedAt: Instant | null },
  now: Instant,
): string | undefined {
  const { endedAt, startedAt } = times;
  const future = [
    ['startedAt', startedAt] as const,
    ['endedAt', endedAt] as const,
  ].find(([, instant]) => instant !== null && instant > now + CLOCK_SKEW_MS);
  if (future) {
    return `${future[0]} ${toIsoInstant(future[1])} is in the future`;
  }
  if (startedAt !== null && endedAt !== null && endedAt < startedAt) {
    return `endedAt ${toIsoInstant(endedAt)} is before startedAt ${toIsoInstant(
      startedAt,
    )}`;
  }
  return undefined;
}
