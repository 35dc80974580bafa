import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { DAY_MS, Policy } from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { VisibilityService } from '../visibility';
import { AuthorizedPolicyPreviews } from './AuthorizedPolicyPreviews';
import { PolicyPreviews } from './PolicyPreviews';
import { PolicyQueries } from './PolicyQueries';
import {
  PreviewRunner,
  PreviewStore,
  removePreviews,
  SelectedPolicies,
  UpcomingPreviews,
} from './previews';

/** How long another replica waits before it takes over from one that died. */
const LEASE_MS = 60_000;

const TICK_MS = 5_000;

/** How old a preview of upcoming policies becomes before it is made anew. */
const RENEW_AFTER_MS = 6 * 3_600_000;

/** The same of one that failed. */
const RETRY_AFTER_MS = 1_800_000;

/** How long previews are kept. */
const KEPT_MS = 30 * DAY_MS;

/** Does what previews need from time to time. */
export interface PreviewUpkeep {
  /** Has previews of upcoming policies made, once services are known. */
  renew(): Promise<void>;

  /** Removes those that are old, or that nobody sees any more. */
  removeOld(options: { signal: AbortSignal }): Promise<void>;
}

/** Policies, and what others would change. */
export function createPolicyPreviews(options: {
  auth: AuthService;
  catalog: CatalogService;
  db: Knex;
  experimentSourceIds: readonly string[];
  logger: LoggerService;
  policies: readonly Policy[];
  visibility: VisibilityService;
}): {
  policyPreviews: PolicyPreviews;
  runner: PreviewRunner;
  upkeep: PreviewUpkeep;
} {
  const { db } = options;
  const store = PreviewStore.create({ db, leaseMs: LEASE_MS });
  const runner = PreviewRunner.create({
    ...options,
    selected: SelectedPolicies.create(options),
    store,
    tickMs: TICK_MS,
  });
  const upcoming = UpcomingPreviews.create({
    ...options,
    renewAfterMs: RENEW_AFTER_MS,
    retryAfterMs: RETRY_AFTER_MS,
    store,
  });
  return {
    policyPreviews: AuthorizedPolicyPreviews.create({
      ...options,
      queries: PolicyQueries.create({ ...options, upcoming }),
      runner,
      store,
    }),
    runner,
    upkeep: {
      async renew() {
        await upcoming.renew(Date.now());
        runner.wake();
      },
      async removeOld({ signal }) {
        const now = Date.now();
        await removePreviews(db, { madeBefore: now - KEPT_MS, now, signal });
      },
    },
  };
}
