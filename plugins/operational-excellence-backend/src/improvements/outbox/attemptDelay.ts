const SHORTEST_MS = 5_000;
const LONGEST_MS = 10 * 60_000;

/** What a tracker says of when to come back is believed up to that. */
const LONGEST_RETRY_AFTER_MS = 24 * 3_600_000;

/**
 * How long to wait after a failure, milliseconds: twice as long each time up to
 * ten minutes, a random part of up to half of it less, so that what failed
 * together does not come back together; at least until the tracker wants to be
 * asked again.
 */
export function attemptDelay(options: {
  /** In a row, this one included. */
  failures: number;
  /** How long the tracker wants to be left alone, milliseconds. */
  retryAfter?: number;
  random?: () => number;
}): number {
  const { failures, random = Math.random, retryAfter = 0 } = options;
  const longest = Math.min(
    LONGEST_MS,
    SHORTEST_MS * 2 ** Math.min(failures - 1, 20),
  );
  return Math.max(
    longest * (1 - random() / 2),
    Math.min(retryAfter, LONGEST_RETRY_AFTER_MS),
  );
}
