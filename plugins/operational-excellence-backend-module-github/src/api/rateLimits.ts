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

/**
 * When the primary limit is renewed. `x-ratelimit-reset` is read against the
 * `Date` of the same response, so that a clock that is off does not matter.
 */
export function retryAt(response: {
  headers: Headers;
  now: number;
}): number | undefined {
  const { headers, now } = response;
  const reset = Number(headers.get('x-ratelimit-reset') || NaN) * 1000;
  if (headers.get('x-ratelimit-remaining') !== '0' || Number.isNaN(reset)) {
    return undefined;
  }
  const theirNow = Date.parse(headers.get('date') ?? '');
  const wait = reset - (Number.isNaN(theirNow) ? now : theirNow);
  return now + Math.max(wait, 0) + 1000;
}
