import { Instant } from 'backstage-plugin-operational-excellence-common';
import { FiledTicket } from 'backstage-plugin-operational-excellence-node';
import { Knex } from 'knex';
import {
  instantOf,
  isPostgres,
  queryRows,
  StoredInstant,
  storableText,
  storableUrl,
  textSet,
} from '../../database';
import { nowSql } from '../../sync/databaseTime';
import {
  AttemptColumns,
  ImprovementRow,
  improvementOfRow,
  StoredImprovement,
} from '../improvementRows';

/** An improvement that this process may deliver, until its claim runs out. */
export interface ClaimedImprovement extends StoredImprovement {
  entityRef: string;
  /** Known to nobody but the holder of the claim. */
  token: string;
  /** By the clock of the database. */
  claimedAt: number;
  /**
   * Where its first attempt began with it: since when, by the clock of this
   * process.
   */
  begunAt?: number;
}

/** What stores an improvement as claimed, with its first attempt begun. */
export interface FirstAttempt {
  token: string;
  begunAt: number;
  columns: AttemptColumns;
}

/** Thrown where another process has taken over a delivery, or may do so. */
export class LostDeliveryError extends Error {
  override readonly name = 'LostDeliveryError';

  constructor({ id }: { id: string }) {
    super(`The delivery of improvement ${id} was taken over`);
  }
}

/**
 * Which process delivers which improvement. A claim lasts for a lease, by the
 * clock of the database; a delivery takes less time than that, or is taken for
 * dead. What a holder writes proves by its token that nobody took over since.
 */
export class OutboxClaims {
  readonly #leaseMs: number;

  /** @param options - `leaseMs`: how long a claim outlives its holder */
  static create(options: { leaseMs: number }) {
    return new OutboxClaims(options.leaseMs);
  }

  private constructor(leaseMs: number) {
    this.#leaseMs = leaseMs;
  }

  /** Claims what has been due for longest, of some sources, or one improvement. */
  async claim(
    db: Knex,
    options: { sourceIds: readonly string[]; token: string; id?: string },
  ): Promise<ClaimedImprovement | undefined> {
    const { id, sourceIds, token } = options;
    const sources = textSet(db, sourceIds);
    const now = nowSql(db);
    // Two processes that look at the same time skip what the other one takes.
    const [row] = await queryRows<
      ImprovementRow & { entity_ref: string; claimed_at: StoredInstant }
    >(
      db,
      `with due as materialized (
        select sequence from improvements
        where delivery_state = 'queued' and next_attempt_at <= ${now}
          and (claimed_until is null or claimed_until <= ${now})
          and ${sources.includes('source_id')}
          ${id === undefined ? '' : 'and id = ?'}
        order by next_attempt_at, sequence
        limit 1
        ${isPostgres(db) ? 'for update skip locked' : ''}
      )
      update improvements set claim_token = ?, claimed_until = ${now} + ?
      where sequence in (select sequence from due)
      returning *, ${now} as claimed_at,
        (select entity_ref from services
         where services.id = improvements.service_id) as entity_ref`,
      [
        sources.binding,
        ...(id === undefined ? [] : [storableText(id)]),
        token,
        this.#leaseMs,
      ],
    );
    return (
      row && {
        ...improvementOfRow(row),
        entityRef: row.entity_ref,
        token,
        claimedAt: instantOf(row.claimed_at),
      }
    );
  }

  /**
   * The claim of an improvement that is about to be stored, whose first attempt
   * begins with that: as {@link OutboxClaims.claim} and
   * {@link OutboxClaims.begin} would write it right after.
   */
  firstAttempt(db: Knex, options: { token: string }): FirstAttempt {
    const { token } = options;
    const now = nowSql(db);
    return {
      token,
      begunAt: Date.now(),
      columns: {
        attempts: 1,
        doubtful: true,
        last_attempt_at: db.raw(now),
        claim_token: token,
        claimed_until: db.raw(`${now} + ?`, [this.#leaseMs]),
      },
    };
  }

  /** An improvement that was stored with its first attempt. */
  begun(
    { begunAt, token }: FirstAttempt,
    stored: StoredImprovement & { entityRef: string },
  ): ClaimedImprovement {
    const claimedAt = stored.delivery.lastAttemptAt!;
    return { ...stored, token, claimedAt, begunAt };
  }

  /** Whether an improvement is to be delivered now, or is being delivered. */
  async isDue(db: Knex, id: string): Promise<boolean> {
    const rows = await queryRows(
      db,
      `select id from improvements
      where id = ? and delivery_state = 'queued'
        and next_attempt_at <= ${nowSql(db)}`,
      [storableText(id)],
    );
    return rows.length > 0;
  }

  /**
   * Notes that the tracker is about to be asked. From here on, nobody knows
   * whether there is a ticket until the outcome is noted.
   *
   * @throws LostDeliveryError
   */
  async begin(db: Knex, claimed: ClaimedImprovement): Promise<void> {
    const now = nowSql(db);
    await this.#write(
      db,
      claimed,
      `attempts = attempts + 1, doubtful = ?, last_attempt_at = ${now},
      claimed_until = ${now} + ?`,
      [true, this.#leaseMs],
    );
  }

  /**
   * Ends a delivery that has to wait.
   *
   * @param options - `isDoubtful`: whether there may be a ticket all the same
   * @throws LostDeliveryError
   */
  async postpone(
    db: Knex,
    claimed: ClaimedImprovement,
    options: { reason: string | null; nextIn: number; isDoubtful: boolean },
  ): Promise<void> {
    const { isDoubtful, nextIn, reason } = options;
    await this.#write(
      db,
      claimed,
      `doubtful = ?, reason = ?, failures = failures + 1,
      next_attempt_at = ${nowSql(db)} + ?,
      claim_token = null, claimed_until = null`,
      [isDoubtful, storableText(reason), Math.round(nextIn)],
    );
  }

  /**
   * Ends a delivery that the tracker refused.
   *
   * @throws LostDeliveryError
   */
  async reject(
    db: Knex,
    claimed: ClaimedImprovement,
    options: { reason: string },
  ): Promise<void> {
    await this.#write(
      db,
      claimed,
      `delivery_state = 'rejected', doubtful = ?, reason = ?,
      claim_token = null, claimed_until = null`,
      [false, storableText(options.reason)],
    );
  }

  /**
   * Ends a delivery that succeeded. Whoever holds the claim by now: that there is
   * a ticket is true, and keeps others from creating another one.
   *
   * @returns when the tracker was asked for the ticket, which may be a while ago;
   * `undefined` where somebody else had noted a ticket before
   */
  async markFiled(
    tx: Knex.Transaction,
    { id }: ClaimedImprovement,
    ticket: FiledTicket,
  ): Promise<Instant | undefined> {
    const [filed] = await queryRows<{ last_attempt_at: StoredInstant }>(
      tx,
      `update improvements set delivery_state = 'filed', doubtful = ?,
        reason = null, external_id = ?, ticket_key = ?, ticket_url = ?,
        filed_at = ${nowSql(tx)}, claim_token = null, claimed_until = null
      where id = ? and delivery_state <> 'filed' returning last_attempt_at`,
      [
        false,
        storableText(ticket.externalId),
        storableText(ticket.key),
        storableUrl(ticket.url),
        id,
      ],
    );
    return filed && instantOf(filed.last_attempt_at);
  }

  /** Gives up a delivery that was not begun. */
  async release(db: Knex, { id, token }: ClaimedImprovement): Promise<void> {
    await queryRows(
      db,
      `update improvements set claim_token = null, claimed_until = null
      where id = ? and claim_token = ? returning id`,
      [id, token],
    );
  }

  async #write(
    db: Knex,
    claimed: ClaimedImprovement,
    set: string,
    bindings: Knex.RawBinding[],
  ) {
    const written = await queryRows(
      db,
      `update improvements set ${set}
      where id = ? and claim_token = ? and delivery_state = 'queued'
      returning id`,
      [...bindings, claimed.id, claimed.token],
    );
    if (written.length === 0) throw new LostDeliveryError(claimed);
  }
}
