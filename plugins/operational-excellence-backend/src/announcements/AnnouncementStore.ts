import {
  DAY_MS,
  Instant,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import {
  Columns,
  idSet,
  insertSql,
  queryRows,
  setExcluded,
  storableText,
  textSet,
} from '../database';
import { Announcement } from './Announcement';

/** After that, nobody needs to be told any more. */
export const DROPPED_AFTER_MS = 7 * DAY_MS;

/** How long is kept what was sent or dropped, for whoever asks what was. */
const KEPT_MS = 90 * DAY_MS;
const FORGET_BATCH = 1_000;

interface AnnouncementColumns {
  kind: string;
  subject: string;
  due_at: number;
  facts: string;
  state: string;
  created_at: number;
  expires_at: number;
  attempts: number;
  next_attempt_at: number;
  claim_token: string | null;
  claimed_until: number | null;
  ended_at: number | null;
}

const columns: Columns<AnnouncementColumns> = {
  kind: 'text',
  subject: 'text',
  due_at: 'bigint',
  facts: 'text',
  state: 'text',
  created_at: 'bigint',
  expires_at: 'bigint',
  attempts: 'integer',
  next_attempt_at: 'bigint',
  claim_token: 'text',
  claimed_until: 'bigint',
  ended_at: 'bigint',
};

/** Keeps announcements, as whoever finds out what is to be announced needs it. */
export class AnnouncementStore {
  static create(): AnnouncementStore {
    return new AnnouncementStore();
  }

  private constructor() {}

  /**
   * Queues announcements, in the transaction that notes what they are about. One
   * that was sent before is sent again, and takes the place of the earlier one:
   * what it speaks of was over, and is back.
   *
   * @param options - `expiresAt`: by the clock of this process, as `now`
   */
  async add(
    tx: Knex.Transaction,
    announcements: readonly Announcement[],
    options: { now: Instant; expiresAt?: Instant },
  ): Promise<void> {
    if (!announcements.length) return;
    const { expiresAt, now } = options;
    const rows = announcements.map(
      ({ dueAt, facts, kind, subject }): AnnouncementColumns => ({
        kind,
        subject: storableText(subject),
        due_at: dueAt,
        facts: JSON.stringify(facts),
        state: 'queued',
        created_at: now,
        expires_at: expiresAt ?? now + DROPPED_AFTER_MS,
        attempts: 0,
        // Due at once, by whatever clock.
        next_attempt_at: 0,
        claim_token: null,
        claimed_until: null,
        ended_at: null,
      }),
    );
    await tx.raw(
      `${insertSql(tx, 'announcements', columns)}
       on conflict (subject, kind, due_at)
       do update set ${setExcluded(columns, ['subject', 'kind', 'due_at'])}`,
      [JSON.stringify(rows)],
    );
  }

  /** Takes back what was not sent yet of some subjects, and holds no longer. */
  async withdraw(
    tx: Knex.Transaction,
    subjects: readonly string[],
  ): Promise<void> {
    if (!subjects.length) return;
    const set = textSet(tx, subjects);
    await tx.raw(
      `delete from announcements
       where ${set.includes('subject')} and state = 'queued'`,
      [set.binding],
    );
  }

  /**
   * Gives up what could not be sent in time.
   *
   * @returns how many there were
   */
  async dropExpired(db: Knex, options: { now: Instant }): Promise<number> {
    const { now } = options;
    const dropped = await queryRows(
      db,
      `update announcements set state = 'dropped', ended_at = ?,
         claim_token = null, claimed_until = null
       where state = 'queued' and expires_at <= ? returning sequence`,
      [now, now],
    );
    return dropped.length;
  }

  /** Forgets what ended long ago. */
  async forgetOld(db: Knex, options: { now: Instant }): Promise<void> {
    const sequences: number[] = await db('announcements')
      .where('ended_at', '<', options.now - KEPT_MS)
      .orderBy('ended_at')
      .limit(FORGET_BATCH)
      .pluck('sequence');
    if (!sequences.length) return;
    const set = idSet(db, sequences);
    await db.raw(
      `delete from announcements where ${set.includes('sequence')}`,
      [set.binding],
    );
  }
}
