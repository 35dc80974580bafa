const DAY_MS = 86_400_000;

/**
 * When a response wants its request to be repeated by its `Retry-After` header,
 * in seconds or as an HTTP date; `undefined` where it does not say.
 *
 * @remarks
 * A date is read against the `Date` of the same response, so that a difference
 * between the upstream's clock and ours makes no difference.
 */
export function retryAfter(headers: Headers, now: number): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (!value) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) {
    return boundedRetryAt(now + Math.ceil(Number(value) * 1000), now);
  }
  // Date.parse accepts much that is no HTTP date, such as '-5'.
  if (!/^[A-Za-z]{3,9},? /.test(value)) return undefined;
  const date = Date.parse(value);
  if (Number.isNaN(date)) return undefined;
  const theirNow = Date.parse(headers.get('date') ?? '');
  return boundedRetryAt(
    Number.isNaN(theirNow) ? date : now + (date - theirNow),
    now,
  );
}

/**
 * Keeps what an upstream says within the next day, so that a broken or malicious
 * answer does not silence a source for good.
 */
export function boundedRetryAt(
  retryAt: number | undefined,
  now: number,
): number | undefined {
  if (retryAt === undefined || Number.isNaN(retryAt)) return undefined;
  return Math.min(Math.max(retryAt, now), now + DAY_MS);
}
