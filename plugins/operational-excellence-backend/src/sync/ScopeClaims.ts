import { Instant } from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import {
  instantOf,
  isPostgres,
  queryRows,
  StoredBoolean,
  StoredInstant,
  storableText,
  textSet,
} from '../database';
import { nowSql } from './databaseTime';

/** A scope that this process may read, until it loses or gives up the claim. */
export interface ClaimedScope {
  id: number;
  sourceId: string;
  key: string;
  cursor: string | undefined;
  /** Whether it never answered before. */
  isFirst: boolean;
  reconcileDue: boolean;
  consecutiveFailures: number;
  /** Known to nobody but the holder of the claim. */
  token: string;
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

  constructor(scope: ClaimedScope) {
    super(`The claim of ${scope.key} of ${scope.sourceId} was lost`);
  }
}

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
    page: { cursor: string; requests: number },
  ): Promise<void> {
    await this.#write(
      tx,
      scope,
      `cursor = ?, requests_total = requests_total + ?,
      claimed_until = ${nowSql(tx)} + ?`,
      [page.cursor, page.requests, this.#leaseMs],
    );
  }

  /** Keeps others from taking over the scope until the transaction has ended. */
  async hold(tx: Knex.Transaction, scope: ClaimedScope): Promise<void> {
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
      `failing_since = null, last_error_at = null, last_error = null,
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
    db: Knex,
    scope: ClaimedScope,
    options: { message: string; nextIn: number; mustWait: boolean },
  ): Promise<void> {
    const { message, mustWait, nextIn } = options;
    const now = nowSql(db);
    await this.#write(
      db,
      scope,
      `failing_since = coalesce(failing_since, ${now}), last_error_at = ${now},
      last_error = ?, consecutive_failures = consecutive_failures + 1,
      claim_token = null, claimed_until = null,
      next_run_at = case when next_run_at > ? and not ? then next_run_at
        else ${now} + ? end`,
      [storableText(message), scope.dueAt, mustWait, Math.round(nextIn)],
    );
  }

  /** Gives up a claim, so that another process can go on at once. */
  async release(db: Knex, scope: ClaimedScope): Promise<void> {
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
    const now = nowSql(db);
    const { sourceId, key } = options;
    const rows = await queryRows<{ id: number }>(
      db,
      `update scopes set next_run_at = case
        when claimed_until > ${now} and next_run_at < ${now} then ${now}
        when claimed_until > ${now} then next_run_at + 1
        when next_run_at > ${now} then ${now}
        else next_run_at end
      where active and source_id = ? ${key === undefined ? '' : 'and key = ?'}
      returning id`,
      key === undefined ? [sourceId] : [sourceId, key],
    );
    return rows.length;
  }

  async #write(
    db: Knex,
    scope: ClaimedScope,
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
