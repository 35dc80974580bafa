import {
  Instant,
  Policy,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { batchesOf, idSet, insertSql, setExcluded } from '../database';
import { inTransaction } from '../sync/inTransaction';
import { computeStatus } from './computeStatus';
import { lockedStatus, lockStatus } from './lockStatus';
import { renewOwnedServices, renewOwnedStates } from './ownedServices';
import { readListedServices } from './readListedServices';
import { readBacklogFacts, readFacts, readPolicyFacts } from './readFacts';
import { ScopeGroups } from './ScopeGroups';
import { ServiceFacts } from './serviceFacts';
import { statusRowOf } from './statusRowOf';
import { statusColumns, StatusRow, StoredStatusRow } from './statusRows';
import { computeBacklog, withNewBacklog } from './withNewBacklog';
import { computeForPolicy, withNewPolicy } from './withNewPolicy';
import { writePolicyRows } from './writePolicyRows';

/** How many services are computed with one round of queries. */
const BATCH_SIZE = 200;

/** The same where tickets need not be read. */
const POLICY_BATCH_SIZE = 500;

export interface StatusUpdaterOptions {
  policies: readonly Policy[];
  /** The ids of the connected experiment sources. */
  experimentSourceIds: readonly string[];
  now?: () => Instant;
}

/** How to go through many services, which can end early and go on later. */
export interface WalkOptions {
  /** The id of the service that it goes on after. */
  after?: number;
  signal?: AbortSignal;
  /** Told of the last service of each batch, once that is written. */
  onProgress?: (after: number) => Promise<void>;
}

/** Keeps the status rows of services in step with what is stored about them. */
export class StatusUpdater {
  readonly #policies: ReadonlyMap<string, Policy>;
  readonly #experimentSourceIds: readonly string[];
  readonly #now: () => Instant;
  readonly #scopeGroups = ScopeGroups.create();

  static create(options: StatusUpdaterOptions): StatusUpdater {
    return new StatusUpdater(options);
  }

  private constructor(options: StatusUpdaterOptions) {
    this.#policies = new Map(options.policies.map(item => [item.id, item]));
    this.#experimentSourceIds = options.experimentSourceIds;
    this.#now = options.now ?? Date.now;
  }

  /**
   * Recomputes the status of some services, in the transaction that changed what
   * it follows from, or removed them: removed services have none. A constant
   * number of queries per batch of services.
   */
  async recompute(
    tx: Knex.Transaction,
    serviceIds: readonly number[],
  ): Promise<void> {
    const ordered = [...new Set(serviceIds)].sort((a, b) => a - b);
    if (!ordered.length) return;
    await lockStatus(tx, ordered);
    for (const batch of batchesOf(ordered, BATCH_SIZE)) {
      await this.#recomputeBatch(tx, batch, this.#now());
    }
  }

  /**
   * The same after nothing changed but tickets, with half of the queries, for
   * somebody waits for it.
   */
  async recomputeBacklogs(
    tx: Knex.Transaction,
    serviceIds: readonly number[],
  ): Promise<void> {
    const ids = [...new Set(serviceIds)];
    if (!ids.length) return;
    const stored = await lockedStatus(tx, ids);
    if (stored.length < ids.length) {
      // Some have no status that anything could be kept of.
      await this.recompute(tx, ids);
      return;
    }
    const now = this.#now();
    const facts = await readBacklogFacts(tx, stored, { now });
    const computed = stored.map((row, index) =>
      computeBacklog(row, facts[index], {
        now,
        policy: this.#policies.get(row.policy_id ?? ''),
      }),
    );
    const groups = await this.#scopeGroups.groupsFor(
      tx,
      computed.map(({ backlogScopeIds }) => backlogScopeIds),
    );
    await writeRows(
      tx,
      stored.map((row, index) =>
        withNewBacklog(row, computed[index], {
          now,
          backlogGroup: groups[index],
        }),
      ),
    );
    await renewOwnedStates(tx, ids);
  }

  /**
   * The same after nothing changed but policies, or which of them applies: what
   * is stored of backlogs stays, and what is already so is not written.
   */
  async recomputeForPolicies(
    tx: Knex.Transaction,
    serviceIds: readonly number[],
  ): Promise<void> {
    const ids = [...new Set(serviceIds)];
    if (!ids.length) return;
    const stored = await lockedStatus(tx, ids);
    const services = await readListedServices(tx, idSet(tx, ids));
    if (stored.length < ids.length || services.length < ids.length) {
      // Some have no status that anything could be kept of, or must have none.
      await this.recompute(tx, ids);
      return;
    }
    const options = {
      now: this.#now(),
      experimentSourceIds: this.#experimentSourceIds,
    };
    const facts = await readPolicyFacts(tx, services);
    const computed = stored.map((row, index) =>
      computeForPolicy(row, facts[index], {
        ...options,
        policy: this.#policies.get(services[index].policy_id ?? ''),
      }),
    );
    const groups = await this.#scopeGroups.groupsFor(
      tx,
      computed.map(({ lastGameDay: last }) =>
        last && last.scopeId !== null ? [last.scopeId] : [],
      ),
      { experiments: this.#experimentSourceIds.length > 0 },
    );
    const changed = await writePolicyRows(
      tx,
      stored,
      stored.map((row, index) =>
        withNewPolicy(row, computed[index], {
          now: options.now,
          gameDayGroup: groups[index],
        }),
      ),
    );
    if (changed.length > 0) await renewOwnedStates(tx, changed);
  }

  /** Recomputes every service, whatever has changed. */
  async recomputeAll(db: Knex, options: WalkOptions = {}): Promise<void> {
    await walk(options, async after => {
      const ids: number[] = await db('services')
        .where('id', '>', after)
        .orderBy('id')
        .limit(BATCH_SIZE)
        .pluck('id');
      if (ids.length) await inTransaction(db, tx => this.recompute(tx, ids));
      return ids.at(-1);
    });
  }

  /** Recomputes the services of some policies after these have changed. */
  async recomputePolicies(
    db: Knex,
    policyIds: readonly string[],
    options: WalkOptions = {},
  ): Promise<void> {
    await walk(options, async after => {
      const ids: number[] = await db('service_status')
        .whereIn('policy_id', policyIds)
        .where('service_id', '>', after)
        .orderBy('service_id')
        .limit(POLICY_BATCH_SIZE)
        .pluck('service_id');
      await inTransaction(db, tx => this.recomputeForPolicies(tx, ids));
      return ids.at(-1);
    });
  }

  /**
   * Recomputes services whose states or 30 and 90 day figures changed because
   * time passed. Lists are right without it, but slower.
   *
   * @returns how many there were, at most `limit`
   */
  async recomputeExpired(db: Knex, limit: number): Promise<number> {
    await this.#scopeGroups.removeUnused(db, { now: this.#now() });
    const ids: number[] = await db('service_status')
      .where('backlog_valid_until', '<=', this.#now())
      .orWhere('settled_until', '<=', this.#now())
      .orderBy('service_id')
      .limit(limit)
      .pluck('service_id');
    for (const batch of batchesOf(ids, BATCH_SIZE)) {
      await inTransaction(db, tx => this.recompute(tx, batch));
    }
    return ids.length;
  }

  /**
   * Recomputes services whose states changed because time passed, so that their
   * stored states are exact as long as their sources are fresh.
   *
   * @returns how many there were, at most `limit`
   */
  async recomputeUnsettled(db: Knex, limit: number): Promise<number> {
    const ids: number[] = await db('service_status')
      .where('settled_until', '<=', this.#now())
      .orderBy('settled_until')
      .limit(limit)
      .pluck('service_id');
    for (const batch of batchesOf(ids, BATCH_SIZE)) {
      await inTransaction(db, tx => this.recompute(tx, batch));
    }
    return ids.length;
  }

  async #recomputeBatch(tx: Knex.Transaction, ids: number[], now: Instant) {
    const facts = await readFacts(tx, ids, { now });
    await this.#deleteAllBut(tx, ids, facts);
    const options = {
      now,
      experimentSourceIds: this.#experimentSourceIds,
    };
    const computed = facts.map(each =>
      computeStatus(
        each,
        this.#policies.get(each.service.policy_id ?? ''),
        options,
      ),
    );
    const groups = await this.#scopeGroups.groupsFor(
      tx,
      computed.flatMap(({ backlogScopeIds, lastGameDay: last }) => [
        backlogScopeIds,
        last && last.scopeId !== null ? [last.scopeId] : [],
      ]),
      { experiments: this.#experimentSourceIds.length > 0 },
    );
    const rows = computed.map((status, index) =>
      statusRowOf(status, {
        now,
        backlogGroup: groups[2 * index],
        gameDayGroup: groups[2 * index + 1],
      }),
    );
    await writeRows(tx, rows);
    await renewOwnedServices(tx, ids);
  }

  async #deleteAllBut(
    tx: Knex.Transaction,
    ids: readonly number[],
    facts: readonly ServiceFacts[],
  ) {
    const listed = new Set(facts.map(({ service }) => service.service_id));
    const removed = ids.filter(id => !listed.has(id));
    if (!removed.length) return;
    const set = idSet(tx, removed);
    await tx.raw(
      `delete from service_status where ${set.includes('service_id')}`,
      [set.binding],
    );
  }
}

/** @param step - answers the last service that it has done; none at the end */
async function walk(
  { after = 0, onProgress, signal }: WalkOptions,
  step: (after: number) => Promise<number | undefined>,
) {
  let last: number | undefined = after;
  while (!signal?.aborted) {
    last = await step(last);
    if (last === undefined) return;
    await onProgress?.(last);
  }
}

async function writeRows(
  tx: Knex.Transaction,
  rows: (StatusRow | StoredStatusRow)[],
) {
  await tx.raw(
    `${insertSql(tx, 'service_status', statusColumns)}
     on conflict (service_id)
     do update set ${setExcluded(statusColumns, ['service_id'])}`,
    [JSON.stringify(rows)],
  );
}
