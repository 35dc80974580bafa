import { UpstreamError } from 'backstage-plugin-operational-excellence-node';

const SHORTEST_MS = 30_000;
const LONGEST_MS = 30 * 60_000;

/** A clock that is off must not silence a source for longer. */
const LONGEST_RETRY_AFTER_MS = 24 * 3_600_000;

/**
 * How long to wait after a failure, milliseconds: twice as long each time up to
 * half an hour, a random part of up to half of it less, so that scopes that
 * failed together do not come back together; at least until the upstream wants
 * to be asked again.
 */
export function retryDelay(options: {
  /** Including this one. */
  failures: number;
  /** How often the scope is read anyway, milliseconds. */
  every: number;
  /** How long the upstream wants to be left alone, milliseconds. */
  retryAfter?: number;
  random?: () => number;
}): number {
  const { every, failures, random = Math.random, retryAfter = 0 } = options;
  const shortest = Math.min(SHORTEST_MS, every);
  const longest = Math.min(
    LONGEST_MS,
    shortest * 2 ** Math.min(failures - 1, 20),
  );
  const delay = longest * (1 - random() / 2);
  return Math.max(delay, Math.min(retryAfter, LONGEST_RETRY_AFTER_MS));
}

/** By its shape, for a module may bring its own copy of the class. */
export function upstreamErrorOf(
  error: unknown,
): Partial<UpstreamError> | undefined {
  return error instanceof Error && error.name === 'UpstreamError'
    ? (error as Partial<UpstreamError>)
    : undefined;
}

/** When the upstream wants to be asked again, if it said so. */
export function retryAtOf(error: unknown): number | undefined {
  const retryAt = upstreamErrorOf(error)?.retryAt;
  return typeof retryAt === 'number' ? retryAt : undefined;
}
