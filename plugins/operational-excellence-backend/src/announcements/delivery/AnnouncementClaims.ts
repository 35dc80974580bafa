import { Instant } from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import {
  instantOf,
  isPostgres,
  queryRows,
  StoredInstant,
} from '../../database';
import { nowSql } from '../../sync/databaseTime';
import { Announcement } from '../Announcement';

/** An announcement that this process may send, until its claim runs out. */
export interface ClaimedAnnouncement {
  sequence: number;
  announcement: Announcement;
  /** How often it was tried to send it, this time included. */
  attempts: number;
  /** Known to nobody but the holder of the claim. */
  token: string;
}

interface ClaimedRow {
  sequence: number;
  kind: Announcement['kind'];
  subject: string;
  due_at: StoredInstant;
  facts: string;
  attempts: number;
}

/**
 * Which process sends which announcement. A claim lasts for a lease, by the clock
 * of the database, which is longer than sending takes. Of a holder that died,
 * another one takes over, and sends again what may have been sent.
 */
export class AnnouncementClaims {
  readonly #leaseMs: number;

  /** @param options - `leaseMs`: how long a claim outlives its holder */
  static create(options: { leaseMs: number }) {
    return new AnnouncementClaims(options.leaseMs);
  }

  private constructor(leaseMs: number) {
    this.#leaseMs = leaseMs;
  }

  /** Claims what has been due for longest. */
  async claim(
    db: Knex,
    options: { token: string; now: Instant },
  ): Promise<ClaimedAnnouncement | undefined> {
    const { now, token } = options;
    const dbNow = nowSql(db);
    // Two processes that look at the same time skip what the other one takes.
    const [row] = await queryRows<ClaimedRow>(
      db,
      `with due as materialized (
        select sequence from announcements
        where state = 'queued' and next_attempt_at <= ${dbNow}
          and (claimed_until is null or claimed_until <= ${dbNow})
          and expires_at > ?
        order by next_attempt_at, sequence
        limit 1
        ${isPostgres(db) ? 'for update skip locked' : ''}
      )
      update announcements set claim_token = ?,
        claimed_until = ${dbNow} + ?, attempts = attempts + 1
      where sequence in (select sequence from due)
      returning sequence, kind, subject, due_at, facts, attempts`,
      [now, token, this.#leaseMs],
    );
    return (
      row && {
        sequence: row.sequence,
        announcement: announcementOfRow(row),
        attempts: row.attempts,
        token,
      }
    );
  }

  /** Notes that it was sent, or need not be sent to anybody. */
  async end(
    db: Knex,
    claimed: ClaimedAnnouncement,
    options: { state: 'sent' | 'dropped'; now: Instant },
  ): Promise<void> {
    const { now, state } = options;
    await this.#write(
      db,
      claimed,
      `state = '${state}', ended_at = ?, claim_token = null,
      claimed_until = null`,
      [now],
    );
  }

  /** Lets it wait for another attempt. */
  async postpone(
    db: Knex,
    claimed: ClaimedAnnouncement,
    options: { nextIn: number },
  ): Promise<void> {
    await this.#write(
      db,
      claimed,
      `next_attempt_at = ${nowSql(db)} + ?, claim_token = null,
      claimed_until = null`,
      [Math.round(options.nextIn)],
    );
  }

  /** How many wait to be sent. */
  async countQueued(db: Knex): Promise<number> {
    const [{ count }] = await db('announcements')
      .where({ state: 'queued' })
      .count({ count: '*' });
    return Number(count);
  }

  /**
   * Whoever was taken over from writes nothing: the one who took over does. Nor
   * is anything written of what was taken back or announced anew meanwhile.
   */
  async #write(
    db: Knex,
    { sequence, token }: ClaimedAnnouncement,
    set: string,
    bindings: Knex.RawBinding[],
  ) {
    await queryRows(
      db,
      `update announcements set ${set}
      where sequence = ? and claim_token = ? and state = 'queued'
      returning sequence`,
      [...bindings, sequence, token],
    );
  }
}

function announcementOfRow(row: ClaimedRow): Announcement {
  return {
    kind: row.kind,
    subject: row.subject,
    dueAt: instantOf(row.due_at),
    facts: JSON.parse(row.facts),
  };
}
