import {
  Instant,
  Source,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { instantOf, StoredInstant } from '../database';

/** How long a limit is believed that does not say when it is reset. */
const BELIEVED_MS = 3_600_000;

export interface RateLimitRow {
  rate_remaining: number | string | null;
  rate_limit: number | string | null;
  rate_resets_at: StoredInstant | null;
  rate_noted_at: StoredInstant | null;
}

export const RATE_LIMIT_COLUMNS =
  'rate_remaining, rate_limit, rate_resets_at, rate_noted_at';

/** The condition that the rate limit of a scope still holds; two bindings. */
export const RATE_LIMIT_HOLDS_SQL = `(rate_remaining is not null
  and case when rate_resets_at is null then rate_noted_at > ?
    else rate_resets_at > ? end)`;

export function rateLimitBindings(now: Instant): Instant[] {
  return [now - BELIEVED_MS, now];
}

/** The rate limit of a scope, if there is one and it holds at an instant. */
export function rateLimitOf(
  row: RateLimitRow,
  { now }: { now: Instant },
): Source['rateLimit'] {
  const resetsAt = instantOf(row.rate_resets_at);
  const notedAt = instantOf(row.rate_noted_at);
  if (row.rate_remaining === null || notedAt === null) return null;
  const holds =
    resetsAt === null ? notedAt > now - BELIEVED_MS : resetsAt > now;
  if (!holds) return null;
  return {
    remaining: Number(row.rate_remaining),
    limit: row.rate_limit === null ? null : Number(row.rate_limit),
    resetsAt: toIsoInstant(resetsAt),
    at: toIsoInstant(notedAt),
  };
}
