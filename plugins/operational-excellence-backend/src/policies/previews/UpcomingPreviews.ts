import {
  Instant,
  policiesInForce,
  Policy,
} from 'backstage-plugin-operational-excellence-common';
import { createHash } from 'crypto';
import { PreviewStore } from './PreviewStore';

/** Who made a preview that nobody asked for. */
const MADE_BY = 'plugin:operational-excellence';

export interface UpcomingPreviewsOptions {
  policies: readonly Policy[];
  store: PreviewStore;
  /** How old one becomes before another one is made, milliseconds. */
  renewAfterMs: number;
  /** The same of one that failed; as of others if left out. */
  retryAfterMs?: number;
}

/** Previews of what changes on the days on which policies begin to apply. */
export class UpcomingPreviews {
  readonly #options: UpcomingPreviewsOptions;

  static create(options: UpcomingPreviewsOptions) {
    return new UpcomingPreviews(options);
  }

  private constructor(options: UpcomingPreviewsOptions) {
    this.#options = options;
  }

  /** Has those made that there are none of, or only old ones. */
  async renew(now: Instant): Promise<void> {
    const { policies, renewAfterMs, retryAfterMs, store } = this.#options;
    const days = new Set(
      policies
        .map(policy => upcomingFrom(policy, now))
        .filter(day => day !== null),
    );
    for (const day of days) {
      const { key, policies: thatDay } = this.#of(day);
      const last = await store.lastMade(key);
      const waits =
        last?.state === 'failed' ? retryAfterMs ?? renewAfterMs : renewAfterMs;
      if (last && last.createdAt > now - waits) continue;
      await store.add({
        policies: thatDay,
        createdBy: MADE_BY,
        createdAt: now,
        upcoming: key,
      });
    }
  }

  /** The preview of the day on which a policy begins to apply, if there is one. */
  async idFor(day: string): Promise<string | null> {
    const newest = await this.#options.store.newestOf(this.#of(day).key);
    return newest?.id ?? null;
  }

  /** What applies on a day, and what previews of just that are known by. */
  #of(day: string) {
    const policies = policiesInForce(this.#options.policies, Date.parse(day));
    const hash = createHash('sha256').update(JSON.stringify(policies));
    return { policies, key: hash.digest('base64url') };
  }
}

/** The day from which on a policy applies, where that is still to come. */
export function upcomingFrom(policy: Policy, now: Instant): string | null {
  return policiesInForce([policy], now).length > 0
    ? null
    : policy.enforceFrom ?? null;
}
