import { FindingStage } from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import {
  instantOf,
  isPostgres,
  queryRows,
  sql,
  StoredInstant,
  textSet,
} from '../../database';
import { FROM_FINDINGS } from '../../findings/queries/findingSelect';
import { stageSql } from '../../findings/queries/stageSql';
import { inTransaction } from '../../sync/inTransaction';
import { Announcement } from '../Announcement';
import { Announce, Detection, Look, NOTE_BATCH, untilDone } from './Detection';

interface DueRow {
  id: string;
  service_id: number;
  text: string;
  retest_by: StoredInstant;
  stage: FindingStage;
}

/**
 * Announces findings that were to be tested again by now and are not closed. One
 * that is given another date, and passes that, is announced again.
 */
export class DueRetests implements Detection {
  static create() {
    return new DueRetests();
  }

  private constructor() {}

  async look(db: Knex, look: Look, announce: Announce): Promise<void> {
    await untilDone(look.signal, () =>
      inTransaction(db, async tx => {
        const ids = await noteDue(tx, look);
        const rows = await readFindings(tx, ids, look);
        const due = rows.filter(
          ({ retest_by, stage }) =>
            stage !== 'closed' && instantOf(retest_by) >= look.since,
        );
        await announce(tx, due.map(announcementOf));
        return ids.length;
      }),
    );
  }
}

/** Who notes one is the only one to do so, and announces it. */
async function noteDue(tx: Knex.Transaction, { now }: Look): Promise<string[]> {
  const rows = await queryRows<{ id: string }>(
    tx,
    `select id from findings
    where retest_by is not null and retest_by is distinct from noted_retest_by
      and retest_by < ?
    order by retest_by limit ${NOTE_BATCH}
    ${isPostgres(tx) ? 'for update skip locked' : ''}`,
    [now],
  );
  const ids = rows.map(({ id }) => id);
  if (!ids.length) return [];
  const set = textSet(tx, ids);
  await tx.raw(
    `update findings set noted_retest_by = retest_by
    where ${set.includes('id')}`,
    [set.binding],
  );
  return ids;
}

async function readFindings(
  tx: Knex.Transaction,
  ids: readonly string[],
  { now }: Look,
) {
  if (!ids.length) return [];
  const set = textSet(tx, ids);
  const query = sql`select f.id, f.service_id, f.text, f.retest_by,
      ${stageSql(now)} as stage
    ${FROM_FINDINGS}
    where ${{ sql: set.includes('f.id'), bindings: [set.binding] }}
    order by f.sequence`;
  return queryRows<DueRow>(tx, query.sql, query.bindings);
}

function announcementOf(row: DueRow): Announcement {
  return {
    kind: 'retestDue',
    subject: `finding/${row.id}`,
    dueAt: instantOf(row.retest_by),
    facts: {
      serviceIds: [row.service_id],
      findingId: row.id,
      text: row.text,
    },
  };
}
