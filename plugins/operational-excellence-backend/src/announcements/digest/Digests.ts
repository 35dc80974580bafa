import {
  Instant,
  Policy,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { queryRows } from '../../database';
import { inTransaction } from '../../sync/inTransaction';
import { AnnouncementOf, DigestFacts } from '../Announcement';
import { AnnouncementStore } from '../AnnouncementStore';
import { Look } from '../detection';
import { digestInstants, DigestTime } from './digestInstants';
import { readDigests } from './readDigests';

const PROGRESS_KEY = 'announcements.digest';

/** Owners whose digests are put together by one round of queries. */
const OWNER_BATCH = 100;

/** How far the digests of a week got. */
interface Progress {
  dueAt: Instant;
  /** The owner of the last one; `null` once all are written. */
  after: string | null;
}

export interface DigestsOptions {
  policies: readonly Policy[];
  store: AnnouncementStore;
  time: DigestTime;
  /** How long before its end a waiver ends soon, milliseconds. */
  waiverWarnBefore: number;
}

/**
 * Writes the digests of the week: one for each owner for whom there is something
 * to say. Those of a week in which nobody looked are not written later.
 */
export class Digests {
  readonly #options: DigestsOptions;

  static create(options: DigestsOptions) {
    return new Digests(options);
  }

  private constructor(options: DigestsOptions) {
    this.#options = options;
  }

  async look(db: Knex, look: Look): Promise<void> {
    const { last, next } = digestInstants(look.now, this.#options.time);
    if (last < look.since) return;
    let stored = await readProgress(db);
    let progress = begun(stored, last);
    while (progress.after !== null && !look.signal.aborted) {
      const batch = { look, stored, progress, expiresAt: next };
      const written = await inTransaction(db, tx =>
        this.#writeBatch(tx, batch),
      );
      // Somebody else is at it.
      if (!written) return;
      stored = JSON.stringify(written);
      progress = written;
    }
  }

  /** How far it got with that; `undefined` where another one got there first. */
  async #writeBatch(
    tx: Knex.Transaction,
    options: {
      look: Look;
      stored: string;
      progress: Progress;
      expiresAt: Instant;
    },
  ): Promise<Progress | undefined> {
    const { expiresAt, look, progress, stored } = options;
    const { policies, store, waiverWarnBefore } = this.#options;
    const { dueAt } = progress;
    const owners = await readOwners(tx, progress.after ?? '');
    const after =
      owners.length < OWNER_BATCH ? null : owners[owners.length - 1];
    const written = { dueAt, after };
    if (!(await advance(tx, stored, written))) return undefined;

    const digests = await readDigests(tx, owners, {
      now: look.now,
      policies,
      waiverWarnBefore,
    });
    await store.add(
      tx,
      digests.filter(saysSomething).map(
        (facts): AnnouncementOf<'digest'> => ({
          kind: 'digest',
          subject: `owner/${facts.ownerRef}`,
          dueAt,
          facts,
        }),
      ),
      { now: look.now, expiresAt },
    );
    return written;
  }
}

function saysSomething(facts: DigestFacts) {
  return (
    facts.failing.count +
      facts.overdue.count +
      facts.dueSoon.count +
      facts.awaitingEvaluation +
      facts.findingsWithoutImprovement +
      facts.waiversEnding >
    0
  );
}

/** The next owners, each of whom owns a service itself. */
async function readOwners(tx: Knex.Transaction, after: string) {
  const rows = await queryRows<{ owner_ref: string }>(
    tx,
    `select distinct owner_ref from service_owners
     where depth = 0 and owner_ref > ? order by owner_ref limit ?`,
    [after, OWNER_BATCH],
  );
  return rows.map(row => row.owner_ref);
}

async function readProgress(db: Knex): Promise<string> {
  const row = await db('settings').where({ key: PROGRESS_KEY }).first('value');
  if (row) return row.value;
  const none: Progress = { dueAt: 0, after: null };
  await db('settings')
    .insert({ key: PROGRESS_KEY, value: JSON.stringify(none) })
    .onConflict('key')
    .ignore();
  return readProgress(db);
}

function begun(stored: string, dueAt: Instant): Progress {
  const progress: Progress = JSON.parse(stored);
  return progress.dueAt === dueAt ? progress : { dueAt, after: '' };
}

/** Only who finds the progress as it was read may go on from there. */
async function advance(
  tx: Knex.Transaction,
  stored: string,
  next: Progress,
): Promise<boolean> {
  const rows = await queryRows(
    tx,
    'update settings set value = ? where key = ? and value = ? returning key',
    [JSON.stringify(next), PROGRESS_KEY, stored],
  );
  return rows.length > 0;
}
