import { Instant } from 'backstage-plugin-operational-excellence-common';
import { RateLimit } from 'backstage-plugin-operational-excellence-node';
import { Knex } from 'knex';
import {
  instantOf,
  isPostgres,
  queryRows,
  StoredBoolean,
  StoredInstant,
  storableInstant,
  storableText,
  textSet,
} from '../database';
import { nowSql, soonerSql } from './databaseTime';
import { createHintToken } from './hintToken';

/** What a process shows to write to a scope. */
export interface Claim {
  id: number;
  sourceId: string;
  key: string;
  /** Known to nobody but the holder of the claim. */
  token: string;
}

/** A scope that this process may read, until it loses or gives up the claim. */
export interface ClaimedScope extends Claim {
  cursor: string | undefined;
  /** Whether it never answered before. */
  isFirst: boolean;
  reconcileDue: boolean;
  consecutiveFailures: number;
  /** When it became due, as stored: requests that come meanwhile change it. */
  dueAt: Instant;
}

interface ClaimedRow {
  id: number;
  source_id: string;
  key: string;
  cursor: string | null;
  is_first: StoredBoolean;
  reconcile_due: StoredBoolean;
  consecutive_failures: number;
  claim_token: string;
  due_at: StoredInstant;
}

function toClaimedScope(row: ClaimedRow): ClaimedScope {
  return {
    id: row.id,
    sourceId: row.source_id,
    key: row.key,
    cursor: row.cursor ?? undefined,
    isFirst: Boolean(row.is_first),
    reconcileDue: Boolean(row.reconcile_due),
    consecutiveFailures: row.consecutive_failures,
    token: row.claim_token,
    dueAt: instantOf(row.due_at),
  };
}

/** Thrown where another process has taken over a scope, or may do so. */
export class LostClaimError extends Error {
  override readonly name = 'LostClaimError';

  constructor(scope: Claim) {
    super(`The claim of ${scope.key} of ${scope.sourceId} was lost`);
  }
}

/** Counts what is stored of a scope, so that nobody who looks at it has to. */
const ROWS_SQL = `rows_total = case kind
  when 'ticket' then (select count(*) from tickets where scope_id = scopes.id)
  else (select count(*) from experiments where scope_id = scopes.id) end`;

/**
 * Which process reads which scope. A claim lasts for a lease, by the clock of the
 * database, and is renewed while its holder lives. Whatever the holder writes
 * first proves by its token that nobody took over since.
 */
export class ScopeClaims {
  readonly #leaseMs: number;

  /** @param options - `leaseMs`: how long a claim outlives its holder */
  static create(options: { leaseMs: number }) {
    return new ScopeClaims(options.leaseMs);
  }

  private constructor(leaseMs: number) {
    this.#leaseMs = leaseMs;
  }

  get leaseMs() {
    return this.#leaseMs;
  }

  /**
   * Claims the scope of some sources that has been due for longest, if one is
   * due that nobody holds.
   */
  async claimNext(
    db: Knex,
    options: { sourceIds: readonly string[]; token: string },
  ): Promise<ClaimedScope | undefined> {
    const sources = textSet(db, options.sourceIds);
    const now = nowSql(db);
    // Two processes that look at the same time skip what the other one takes.
    const [row] = await queryRows<ClaimedRow>(
      db,
      `with due as materialized (
        select id from scopes
        where active and next_run_at <= ${now}
          and (claimed_until is null or claimed_until <= ${now})
          and ${sources.includes('source_id')}
        order by next_run_at, id
        limit 1
        ${isPostgres(db) ? 'for update skip locked' : ''}
      )
      update scopes set claim_token = ?, claimed_until = ${now} + ?
      where id in (select id from due)
      returning id, source_id, key, cursor, claim_token, consecutive_failures,
        last_success_at is null as is_first,
        next_reconcile_at <= ${now} as reconcile_due,
        next_run_at as due_at`,
      [sources.binding, options.token, this.#leaseMs],
    );
    return row && toClaimedScope(row);
  }

  /**
   * Claims a scope to read what events hinted at, unless it was never read as a
   * whole, fails, or somebody holds it.
   */
  async claimHinted(
    db: Knex,
    scope: { sourceId: string; key: string },
  ): Promise<Claim | undefined> {
    const { key, sourceId } = scope;
    const now = nowSql(db);
    const token = createHintToken();
    const [row] = await queryRows<{ id: number }>(
      db,
      `update scopes set claim_token = ?, claimed_until = ${now} + ?
      where active and source_id = ? and key = ?
        and last_success_at is not null and failing_since is null
        and (claimed_until is null or claimed_until <= ${now})
      returning id`,
      [token, this.#leaseMs, sourceId, key],
    );
    return row && { id: row.id, sourceId, key, token };
  }

  /**
   * Notes what a read beside the changes took, such as a part of a hinted one. To
   * be called first in the transaction that stores it, as
   * {@link ScopeClaims.advance}; the cursor stays, which tells what runs have
   * covered.
   */
  async count(
    tx: Knex.Transaction,
    scope: Claim,
    part: { requests: number },
  ): Promise<void> {
    const now = nowSql(tx);
    await this.#write(
      tx,
      scope,
      `requests_total = requests_total + ?,
      requests_since = coalesce(requests_since, ${now}),
      claimed_until = ${now} + ?`,
      [part.requests, this.#leaseMs],
    );
  }

  /**
   * Has the next run compare the scope as a whole, and makes it due.
   *
   * @param options - `within`: how long that may wait, milliseconds
   */
  async requestReconcile(
    tx: Knex.Transaction,
    scope: Claim,
    options: { within: number },
  ): Promise<void> {
    const at = `${nowSql(tx)} + ${Math.round(options.within)}`;
    await this.#write(
      tx,
      scope,
      `next_run_at = ${soonerSql(tx, options.within)}, next_reconcile_at =
        case when next_reconcile_at > ${at} then ${at}
        else next_reconcile_at end`,
    );
  }

  /** Renews claims and answers which of them are still held. */
  async renew(db: Knex, tokens: readonly string[]): Promise<Set<string>> {
    const set = textSet(db, tokens);
    const rows = await queryRows<{ claim_token: string }>(
      db,
      `update scopes set claimed_until = ${nowSql(db)} + ?
      where ${set.includes('claim_token')}
      returning claim_token`,
      [this.#leaseMs, set.binding],
    );
    return new Set(rows.map(row => row.claim_token));
  }

  /**
   * Moves the cursor on. To be called first in the transaction that stores the
   * page, so that nobody can take over the scope until it has ended.
   */
  async advance(
    tx: Knex.Transaction,
    scope: ClaimedScope,
    page: {
      cursor: string;
      requests: number;
      rowIds: readonly string[];
      rateLimit?: RateLimit;
    },
  ): Promise<void> {
    const { cursor, rateLimit, requests, rowIds } = page;
    const now = nowSql(tx);
    await this.#write(
      tx,
      scope,
      `cursor = ?, requests_total = requests_total + ?,
      requests_since = coalesce(requests_since, ${now}),
      rows_total = rows_total + ?, claimed_until = ${now} + ?`,
      // While a first run goes on, about how far it is; it is counted at the end.
      [cursor, requests, scope.isFirst ? rowIds.length : 0, this.#leaseMs],
    );
    if (rateLimit) await this.#noteRateLimit(tx, scope, rateLimit);
  }

  async #noteRateLimit(
    tx: Knex.Transaction,
    scope: ClaimedScope,
    { limit, remaining, resetsAt }: RateLimit,
  ) {
    await this.#write(
      tx,
      scope,
      `rate_remaining = ?, rate_limit = ?, rate_resets_at = ?,
      rate_noted_at = ${nowSql(tx)}`,
      [
        Math.round(remaining),
        limit === null ? null : Math.round(limit),
        storableInstant(resetsAt),
      ],
    );
  }

  /** Keeps others from taking over the scope until the transaction has ended. */
  async hold(tx: Knex.Transaction, scope: Claim): Promise<void> {
    await this.#write(tx, scope, `claimed_until = ${nowSql(tx)} + ?`, [
      this.#leaseMs,
    ]);
  }

  /** Notes that all that had changed was read. */
  async answered(tx: Knex.Transaction, scope: ClaimedScope): Promise<void> {
    await this.#write(tx, scope, `last_success_at = ${nowSql(tx)}`);
  }

  async reconciled(
    tx: Knex.Transaction,
    scope: ClaimedScope,
    options: { nextIn: number },
  ): Promise<void> {
    await this.#write(tx, scope, `next_reconcile_at = ${nowSql(tx)} + ?`, [
      Math.round(options.nextIn),
    ]);
  }

  /** Ends a run that succeeded. */
  async succeed(
    tx: Knex.Transaction,
    scope: ClaimedScope,
    options: { nextIn: number },
  ): Promise<void> {
    await this.#write(
      tx,
      scope,
      `${ROWS_SQL}, failing_since = null, last_error_at = null, last_error = null,
      consecutive_failures = 0, claim_token = null, claimed_until = null,
      next_run_at = case when next_run_at > ? then next_run_at
        else ${nowSql(tx)} + ? end`,
      [scope.dueAt, Math.round(options.nextIn)],
    );
  }

  /**
   * Ends a run that failed. A request that came meanwhile makes it run again at
   * once, unless it must wait.
   */
  async fail(
    tx: Knex.Transaction,
    scope: ClaimedScope,
    options: { message: string; nextIn: number; mustWait: boolean },
  ): Promise<void> {
    const { message, mustWait, nextIn } = options;
    const now = nowSql(tx);
    await this.#write(
      tx,
      scope,
      `${ROWS_SQL}, failing_since = coalesce(failing_since, ${now}), last_error_at = ${now},
      last_error = ?, consecutive_failures = consecutive_failures + 1,
      claim_token = null, claimed_until = null,
      next_run_at = case when next_run_at > ? and not ? then next_run_at
        else ${now} + ? end`,
      [storableText(message), scope.dueAt, mustWait, Math.round(nextIn)],
    );
  }

  /** Gives up a claim, so that another process can go on at once. */
  async release(db: Knex, scope: Claim): Promise<void> {
    await queryRows(
      db,
      `update scopes set claim_token = null, claimed_until = null
      where id = ? and claim_token = ?`,
      [scope.id, scope.token],
    );
  }

  /**
   * Makes active scopes due. One that is being read becomes due once more.
   *
   * @returns how many there are
   */
  async request(
    db: Knex,
    options: { sourceId: string; key?: string },
  ): Promise<number> {
    const { sourceId, key } = options;
    const rows = await queryRows<{ id: number }>(
      db,
      `update scopes set next_run_at = ${soonerSql(db)}
      where active and source_id = ? ${key === undefined ? '' : 'and key = ?'}
      returning id`,
      key === undefined ? [sourceId] : [sourceId, key],
    );
    return rows.length;
  }

  /**
   * Makes those of some scopes due that are active. One that fails waits as long
   * as it should, and then is read as a whole anyway.
   *
   * @param scopes - `within`: how long it may wait, milliseconds
   */
  async requestHinted(
    db: Knex,
    scopes: readonly { sourceId: string; key: string; within: number }[],
  ): Promise<void> {
    const keysOf = new Map<string, string[]>();
    for (const { key, sourceId, within } of scopes) {
      const group = JSON.stringify([sourceId, within]);
      const keys = keysOf.get(group);
      if (keys) keys.push(key);
      else keysOf.set(group, [key]);
    }
    for (const [group, given] of keysOf) {
      const [sourceId, within] = JSON.parse(group);
      const keys = textSet(db, given);
      await queryRows(
        db,
        `update scopes set next_run_at = ${soonerSql(db, within)}
        where active and failing_since is null and source_id = ?
          and ${keys.includes('key')}`,
        [sourceId, keys.binding],
      );
    }
  }

  async #write(
    db: Knex,
    scope: Claim,
    set: string,
    bindings: Knex.RawBinding[] = [],
  ) {
    const written = await queryRows(
      db,
      `update scopes set ${set} where id = ? and claim_token = ? returning id`,
      [...bindings, scope.id, scope.token],
    );
    if (written.length === 0) throw new LostClaimError(scope);
  }
}
