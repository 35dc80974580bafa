import { RateLimit } from 'backstage-plugin-operational-excellence-node';

/**
 * What an answer says of the rate limit: Cloud names the instant of the reset,
 * Data Center how fast its bucket of tokens fills.
 */
export function rateLimitOf(
  headers: Headers,
  now: number,
): RateLimit | undefined {
  const remaining = numberIn(headers, 'x-ratelimit-remaining');
  if (remaining === undefined) return undefined;
  const limit = numberIn(headers, 'x-ratelimit-limit') ?? null;
  return {
    remaining,
    limit,
    resetsAt: resetsAt({ headers, remaining, limit, now }),
  };
}

/** When Jira wants to be asked again, where it does not say so by `Retry-After`. */
export function retryAt(response: { headers: Headers }): number | undefined {
  return instantOfReset(response.headers);
}

function instantOfReset(headers: Headers): number | undefined {
  const reset = Date.parse(headers.get('x-ratelimit-reset') ?? '');
  return Number.isNaN(reset) ? undefined : reset;
}

function resetsAt(options: {
  headers: Headers;
  remaining: number;
  limit: number | null;
  now: number;
}): number | null {
  const { headers, remaining, limit, now } = options;
  const reset = instantOfReset(headers);
  if (reset !== undefined) return reset;
  const rate = numberIn(headers, 'x-ratelimit-fillrate');
  const seconds = numberIn(headers, 'x-ratelimit-interval-seconds');
  if (limit === null || !rate || seconds === undefined) return null;
  const intervals = Math.ceil(Math.max(0, limit - remaining) / rate);
  return now + intervals * seconds * 1000;
}

function numberIn(headers: Headers, name: string): number | undefined {
  const text = headers.get(name);
  return text !== null && /^\d{1,12}$/.test(text) ? Number(text) : undefined;
}
