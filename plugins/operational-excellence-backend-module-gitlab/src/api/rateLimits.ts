import { RateLimit } from 'backstage-plugin-operational-excellence-node';

/** What a response says of the rate limit, if it does. */
export function readRateLimit(response: {
  headers: Headers;
  now: number;
}): RateLimit | undefined {
  const { headers, now } = response;
  const remaining = count(headers, 'ratelimit-remaining');
  if (remaining === undefined) return undefined;
  return {
    remaining,
    limit: count(headers, 'ratelimit-limit') ?? null,
    resetsAt: resetsAt(headers, now) ?? null,
  };
}

/** When a limit that is used up is renewed, for an answer without `Retry-After`. */
export function retryAt(response: {
  headers: Headers;
  now: number;
}): number | undefined {
  const at = resetsAt(response.headers, response.now);
  return at === undefined ? undefined : Math.max(at, response.now) + 1000;
}

/**
 * `ratelimit-reset`, epoch seconds, is read against the `Date` of the same
 * response, so that a clock that is off does not matter.
 */
function resetsAt(headers: Headers, now: number): number | undefined {
  const reset = count(headers, 'ratelimit-reset');
  if (reset === undefined) return undefined;
  const theirNow = Date.parse(headers.get('date') ?? '');
  return now + reset * 1000 - (Number.isNaN(theirNow) ? now : theirNow);
}

function count(headers: Headers, name: string): number | undefined {
  const value = headers.get(name);
  return value !== null && /^\d{1,12}$/.test(value) ? Number(value) : undefined;
}
