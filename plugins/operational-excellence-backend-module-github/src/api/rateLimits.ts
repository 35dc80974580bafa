import { RateLimit } from 'backstage-plugin-operational-excellence-node';

/**
 * GitHub answers 403 or 429 when its rate limit is used up. The primary limit
 * shows in `x-ratelimit-remaining`; the secondary ones, against bursts, come with
 * `retry-after`.
 */
export function isRateLimited(response: {
  status: number;
  headers: Headers;
}): boolean {
  const { status, headers } = response;
  return (
    status === 429 ||
    (status === 403 &&
      (headers.get('x-ratelimit-remaining') === '0' ||
        headers.has('retry-after')))
  );
}

/** When a used up primary limit is renewed. */
export function retryAt(response: {
  headers: Headers;
  now: number;
}): number | undefined {
  const { headers, now } = response;
  if (headers.get('x-ratelimit-remaining') !== '0') return undefined;
  const resetsAt = readReset(headers, now);
  return resetsAt === undefined ? undefined : Math.max(resetsAt, now) + 1000;
}

/** What a response says of the primary limit, if it does. */
export function readRateLimit(
  headers: Headers,
  now: number,
): RateLimit | undefined {
  const remaining = readCount(headers, 'x-ratelimit-remaining');
  if (remaining === undefined) return undefined;
  return {
    remaining,
    limit: readCount(headers, 'x-ratelimit-limit') ?? null,
    resetsAt: readReset(headers, now) ?? null,
  };
}

/**
 * `x-ratelimit-reset`, epoch seconds, is read against the `Date` of the same
 * response, so that a clock that is off does not matter.
 */
function readReset(headers: Headers, now: number): number | undefined {
  const reset = readCount(headers, 'x-ratelimit-reset');
  if (reset === undefined) return undefined;
  const theirNow = Date.parse(headers.get('date') ?? '');
  return now + reset * 1000 - (Number.isNaN(theirNow) ? now : theirNow);
}

function readCount(headers: Headers, name: string): number | undefined {
  const value = headers.get(name);
  return value !== null && /^\d{1,12}$/.test(value) ? Number(value) : undefined;
}
