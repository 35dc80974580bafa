import {
  Instant,
  Measure,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import {
  instantOf,
  isPostgres,
  queryRows,
  StoredBoolean,
  StoredInstant,
  textSet,
} from '../../database';
import { inTransaction } from '../../sync/inTransaction';
import { Announcement } from '../Announcement';
import { AnnouncementStore } from '../AnnouncementStore';
import { continuedSql } from '../waiverSql';
import { Announce, Detection, Look, NOTE_BATCH, untilDone } from './Detection';

interface EndingRow {
  id: string;
  service_id: number;
  measure: Measure;
  reason: string;
  created_at: StoredInstant;
  until: StoredInstant;
  continued: StoredBoolean;
}

/** What a waiver comes to, of what was noted before. */
const STAGES = {
  'ending-soon': 'noted_stage is null',
  ended: `noted_stage is distinct from 'ended'`,
};

/**
 * Announces waivers that end soon, and those that ended by themselves. One that
 * another one continues ends for nobody.
 */
export class EndingWaivers implements Detection {
  readonly #warnBefore: number;
  readonly #store: AnnouncementStore;

  /** @param options - `warnBefore`: milliseconds */
  static create(options: { store: AnnouncementStore; warnBefore: number }) {
    return new EndingWaivers(options);
  }

  private constructor(options: {
    store: AnnouncementStore;
    warnBefore: number;
  }) {
    this.#store = options.store;
    this.#warnBefore = options.warnBefore;
  }

  async look(db: Knex, look: Look, announce: Announce): Promise<void> {
    const { now } = look;
    // What ended since the last look does not end soon any more.
    await this.#lookAt(db, look, announce, { stage: 'ended', until: now });
    await this.#lookAt(db, look, announce, {
      stage: 'ending-soon',
      until: now + this.#warnBefore,
    });
  }

  async #lookAt(
    db: Knex,
    { signal, since }: Look,
    announce: Announce,
    which: { stage: keyof typeof STAGES; until: Instant },
  ) {
    const isOver = which.stage === 'ended';
    await untilDone(signal, () =>
      inTransaction(db, async tx => {
        const rows = await noteEnding(tx, which);
        const began = (row: EndingRow) =>
          isOver
            ? instantOf(row.until)
            : Math.max(
                instantOf(row.created_at),
                instantOf(row.until) - this.#warnBefore,
              );
        const ending = rows.filter(
          row => !row.continued && began(row) >= since,
        );
        if (isOver) {
          await this.#store.withdraw(
            tx,
            rows.map(({ id }) => subjectOf(id, 'ending-soon')),
          );
        }
        await announce(
          tx,
          ending.map(
            (row): Announcement => ({
              kind: 'waiverEnding',
              subject: subjectOf(row.id, which.stage),
              dueAt: instantOf(row.until),
              facts: {
                serviceIds: [row.service_id],
                measure: row.measure,
                reason: row.reason,
                isOver,
              },
            }),
          ),
        );
        return rows.length;
      }),
    );
  }
}

function subjectOf(id: string, stage: keyof typeof STAGES) {
  return `waiver/${id}/${stage}`;
}

/** Who notes one is the only one to do so, and announces it. */
async function noteEnding(
  tx: Knex.Transaction,
  { stage, until }: { stage: keyof typeof STAGES; until: Instant },
): Promise<EndingRow[]> {
  const rows = await queryRows<EndingRow>(
    tx,
    `select id, service_id, measure, reason, created_at, until,
      ${continuedSql('waivers')} as continued
    from waivers
    where revoked_at is null and ${STAGES[stage]} and until <= ?
    order by until limit ${NOTE_BATCH}
    ${isPostgres(tx) ? 'for update skip locked' : ''}`,
    [until],
  );
  if (!rows.length) return [];
  const set = textSet(
    tx,
    rows.map(({ id }) => id),
  );
  await tx.raw(
    `update waivers set noted_stage = ? where ${set.includes('id')}`,
    [stage, set.binding],
  );
  return rows;
}
