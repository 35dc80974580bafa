import {
  Instant,
  Measure,
  MEASURE_STATES,
  MEASURES,
  MeasureState,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import {
  Columns,
  givenRowsSql,
  instantOf,
  isPostgres,
  queryRows,
  sql,
  StoredInstant,
} from '../../database';
import { rankSql, staleGroupsSql } from '../../status';
import { inTransaction } from '../../sync/inTransaction';
import { Announcement, measureSubject } from '../Announcement';
import { AnnouncementStore } from '../AnnouncementStore';
import { Announce, Detection, Look, NOTE_BATCH } from './Detection';

/** As many services are looked at at most before others get their turn. */
const MAX_PER_LOOK = 10_000;

const UNKNOWN_RANK = MEASURE_STATES.indexOf('unknown');

const COLUMN: Record<Measure, string> = {
  backlog: 'backlog',
  gameDay: 'game_day',
  readinessTest: 'readiness',
};

/** As the index has it: rows of which something was not noted yet. */
const NOT_NOTED = MEASURES.map(measure => {
  const column = COLUMN[measure];
  return `(${column}_rank <> ${UNKNOWN_RANK} and ${column}_rank is distinct from noted_${column}_rank)`;
}).join(' or ');

type Ranks = { [Name in `${'exact' | 'noted'}_${string}`]: number | null };

type ChangedRow = Ranks & {
  service_id: number;
  backlog_due_at: StoredInstant | null;
  game_day_due_at: StoredInstant | null;
  readiness_due_at: StoredInstant | null;
  readiness_last_performed_at: StoredInstant | null;
  readiness_template: string | null;
};

interface NotedRow {
  service_id: number;
  backlog: number | null;
  game_day: number | null;
  readiness: number | null;
}

const notedColumns: Columns<NotedRow> = {
  service_id: 'integer',
  backlog: 'integer',
  game_day: 'integer',
  readiness: 'integer',
};

/**
 * Announces measures that became due soon, overdue or failing.
 *
 * @remarks
 *
 * The first state that is known of a measure is only noted: otherwise connecting
 * a tracker would announce all that has been overdue for years. While a state is
 * unknown, what was noted before stays, so that a source that is silent for a
 * while does not announce everything again.
 */
export class MeasureChanges implements Detection {
  readonly #store: AnnouncementStore;
  /** Where the last look stopped, if it did not come to the end. */
  #after = 0;

  static create(options: { store: AnnouncementStore }) {
    return new MeasureChanges(options.store);
  }

  private constructor(store: AnnouncementStore) {
    this.#store = store;
  }

  /**
   * Looks at those services whose states differ from what was noted. They stay
   * among them while a source is silent, so a look has its bounds, and the next
   * one goes on where it stopped.
   */
  async look(db: Knex, look: Look, announce: Announce): Promise<void> {
    for (let seen = 0; seen < MAX_PER_LOOK; seen += NOTE_BATCH) {
      if (look.signal.aborted) return;
      const ids = await inTransaction(db, tx =>
        this.#lookAtBatch(tx, look, announce),
      );
      if (ids.length < NOTE_BATCH) {
        this.#after = 0;
        return;
      }
      this.#after = ids[ids.length - 1];
    }
  }

  async #lookAtBatch(tx: Knex.Transaction, look: Look, announce: Announce) {
    const rows = await readChanged(tx, {
      now: look.now,
      after: this.#after,
    });
    const changes = rows.flatMap(row =>
      MEASURES.flatMap(measure => changeOf(row, measure) ?? []),
    );
    await note(tx, rows, changes);
    // What was not sent yet of an earlier state does not hold any more.
    await this.#store.withdraw(
      tx,
      changes
        .filter(({ was }) => was !== undefined)
        .map(({ measure, row }) => measureSubject(row.service_id, measure)),
    );
    await announce(tx, changes.flatMap(announcementOf));
    return rows.map(row => row.service_id);
  }
}

interface Change {
  row: ChangedRow;
  measure: Measure;
  /** What was noted before; `undefined` where nothing was. */
  was: MeasureState | undefined;
  state: MeasureState;
}

/**
 * Rows of services that may have changed, locked until the transaction ends, so
 * that none is noted twice. Whoever writes a status goes by ids as well.
 */
async function readChanged(
  tx: Knex.Transaction,
  options: { now: Instant; after: number },
): Promise<ChangedRow[]> {
  const { after, now } = options;
  const exact = MEASURES.map(
    measure =>
      sql`${rankSql(tx, measure, { now, unsettled: 'many' })}
        as exact_${COLUMN[measure]}, noted_${COLUMN[measure]}_rank
        as noted_${COLUMN[measure]}`,
  );
  const query = sql`with ${staleGroupsSql({ now })}
    select st.service_id, st.backlog_due_at, st.game_day_due_at,
      st.readiness_due_at, st.readiness_last_performed_at,
      st.readiness_template, ${exact[0]}, ${exact[1]}, ${exact[2]}
    from service_status st
    where (${NOT_NOTED}) and st.service_id > ${{ sql: '?', bindings: [after] }}
    order by st.service_id limit ${String(NOTE_BATCH)}
    ${isPostgres(tx) ? 'for update of st skip locked' : ''}`;
  return queryRows<ChangedRow>(tx, query.sql, query.bindings);
}

function changeOf(row: ChangedRow, measure: Measure): Change | undefined {
  const exact = row[`exact_${COLUMN[measure]}`];
  const noted = row[`noted_${COLUMN[measure]}`];
  if (exact === null || exact === UNKNOWN_RANK || exact === noted) {
    return undefined;
  }
  return {
    row,
    measure,
    was: noted === null ? undefined : MEASURE_STATES[noted],
    state: MEASURE_STATES[exact],
  };
}

async function note(
  tx: Knex.Transaction,
  rows: readonly ChangedRow[],
  changes: readonly Change[],
) {
  const changed = new Set(changes.map(({ row }) => row));
  const noted = rows
    .filter(row => changed.has(row))
    .map((row): NotedRow => {
      const rankOf = (measure: Measure) => {
        const exact = row[`exact_${COLUMN[measure]}`];
        return exact === UNKNOWN_RANK ? row[`noted_${COLUMN[measure]}`] : exact;
      };
      return {
        service_id: row.service_id,
        backlog: rankOf('backlog'),
        game_day: rankOf('gameDay'),
        readiness: rankOf('readinessTest'),
      };
    });
  if (!noted.length) return;
  await tx.raw(
    `update service_status set noted_backlog_rank = given.backlog,
       noted_game_day_rank = given.game_day,
       noted_readiness_rank = given.readiness
     from ${givenRowsSql(tx, 'given', notedColumns)}
     where service_status.service_id = given.service_id`,
    [JSON.stringify(noted)],
  );
}

function announcementOf({ measure, row, state, was }: Change): Announcement[] {
  if (was === undefined) return [];
  const serviceId = row.service_id;
  const subject = measureSubject(serviceId, measure);
  const facts = { serviceIds: [serviceId], measure };
  switch (state) {
    case 'failing': {
      const testedAt = instantOf(row.readiness_last_performed_at) ?? 0;
      const template = row.readiness_template;
      return [
        {
          kind: 'failing',
          subject,
          dueAt: testedAt,
          facts: { ...facts, template },
        },
      ];
    }
    case 'overdue':
      return [
        { kind: 'overdue', subject, dueAt: dueAtOf(row, measure), facts },
      ];
    case 'due-soon':
      return [
        { kind: 'dueSoon', subject, dueAt: dueAtOf(row, measure), facts },
      ];
    default:
      return [];
  }
}

function dueAtOf(row: ChangedRow, measure: Measure): Instant {
  switch (measure) {
    case 'backlog':
      return instantOf(row.backlog_due_at) ?? 0;
    case 'gameDay':
      return instantOf(row.game_day_due_at) ?? 0;
    default:
      return instantOf(row.readiness_due_at) ?? 0;
  }
}
