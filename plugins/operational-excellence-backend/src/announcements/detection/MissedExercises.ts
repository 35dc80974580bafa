import { Knex } from 'knex';
import {
  instantOf,
  isPostgres,
  queryRows,
  StoredInstant,
  textSet,
} from '../../database';
import { inTransaction } from '../../sync/inTransaction';
import { Announcement } from '../Announcement';
import { Announce, Detection, Look, NOTE_BATCH, untilDone } from './Detection';
import { servicesOf } from './servicesOf';

interface MissedRow {
  id: string;
  kind: string;
  title: string;
  planned_end: StoredInstant;
}

/**
 * Announces exercises that were planned and not held. One that is planned anew
 * and missed again is announced again.
 */
export class MissedExercises implements Detection {
  static create() {
    return new MissedExercises();
  }

  private constructor() {}

  async look(db: Knex, look: Look, announce: Announce): Promise<void> {
    await untilDone(look.signal, () =>
      inTransaction(db, async tx => {
        const rows = await noteMissed(tx, look);
        const missed = rows.filter(
          row => instantOf(row.planned_end) >= look.since,
        );
        await announce(tx, await announcementsOf(tx, missed));
        return rows.length;
      }),
    );
  }
}

/** Who notes one is the only one to do so, and announces it. */
async function noteMissed(
  tx: Knex.Transaction,
  { now }: Look,
): Promise<MissedRow[]> {
  const rows = await queryRows<MissedRow>(
    tx,
    `select id, kind, title, planned_end from exercises
    where state = 'planned' and planned_end is distinct from noted_missed_end
      and planned_end < ?
    order by planned_end limit ${NOTE_BATCH}
    ${isPostgres(tx) ? 'for update skip locked' : ''}`,
    [now],
  );
  if (!rows.length) return [];
  const set = textSet(
    tx,
    rows.map(({ id }) => id),
  );
  await tx.raw(
    `update exercises set noted_missed_end = planned_end
    where ${set.includes('id')}`,
    [set.binding],
  );
  return rows;
}

async function announcementsOf(
  tx: Knex.Transaction,
  rows: readonly MissedRow[],
): Promise<Announcement[]> {
  const services = await servicesOf(tx, {
    table: 'exercise_services',
    column: 'exercise_id',
    ids: rows.map(({ id }) => id),
  });
  return rows.map(({ id, kind, planned_end, title }) => ({
    kind: 'missedGameDay',
    subject: `exercise/${id}`,
    dueAt: instantOf(planned_end),
    facts: {
      serviceIds: services.get(id) ?? [],
      exerciseId: id,
      exerciseKind: kind,
      title,
    },
  }));
}
