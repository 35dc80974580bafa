import { InputError, NotFoundError } from '@backstage/errors';
import {
  daySchema,
  Instant,
  MEASURE_STATES,
  MeasureState,
  nearestRank,
  ROLLUP_DIMENSIONS,
} from 'backstage-plugin-operational-excellence-common';
import {
  DayRecord,
  ServicePointRecord,
} from 'backstage-plugin-operational-excellence-node';
import { Knex } from 'knex';
import {
  Columns,
  givenRowsSql,
  insertSql,
  isPostgres,
  queryRows,
  storableInstant,
  textSet,
} from '../database';
import { inTransaction } from '../sync/inTransaction';
import { Day, dayOf, dayOfIso } from './days';
import { clearTaken, lastBegunDay } from './observedDays';
import { takeGroups } from './takeGroups';
import { takePoints } from './takeServices';

const backlogColumns: Columns<{ service_id: number; created_at: number }> = {
  service_id: 'integer',
  created_at: 'bigint',
};

/** Puts down points of days before the backend took any itself. */
export class HistoryRecorder {
  readonly #db: Knex;
  readonly #now: () => Instant;

  static create(options: { db: Knex; now?: () => Instant }): HistoryRecorder {
    return new HistoryRecorder(options);
  }

  private constructor(options: { db: Knex; now?: () => Instant }) {
    this.#db = options.db;
    this.#now = options.now ?? Date.now;
  }

  /**
   * As the extension point of records says.
   *
   * @throws InputError where the day is none, or not past
   * @throws NotFoundError where a service is not known
   */
  async record(record: DayRecord): Promise<boolean> {
    const now = this.#now();
    const parsed = daySchema.safeParse(record.day);
    if (!parsed.success) {
      throw new InputError(
        `Expected a day such as 2026-07-01, given ${record.day}`,
      );
    }
    const day = dayOfIso(parsed.data);
    if (day >= dayOf(now)) {
      throw new InputError(
        `Only days that are past can be recorded, and ${record.day} is not`,
      );
    }
    return inTransaction(this.#db, async tx => {
      // So that no process begins a day meanwhile.
      if (isPostgres(tx)) {
        await tx.raw('lock table observed_days in exclusive mode');
      }
      const last = await lastBegunDay(tx);
      if (last && (last.day >= day || !last.recorded)) return false;
      await this.#put(tx, day, record.services, now);
      return true;
    });
  }

  async #put(
    tx: Knex.Transaction,
    day: Day,
    services: readonly ServicePointRecord[],
    now: Instant,
  ) {
    const ids = await knownIds(tx, services);
    await clearTaken(tx);
    await insertTaken(
      tx,
      services.map((service, index) => takenRow(service, ids[index])),
    );
    await tx.raw(insertSql(tx, 'taken_backlogs', backlogColumns), [
      JSON.stringify(
        services.flatMap(({ openSince }, index) =>
          openSince.map(at => ({
            service_id: ids[index],
            created_at: storableInstant(at),
          })),
        ),
      ),
    ]);
    await takePoints(tx, day);
    for (const by of ROLLUP_DIMENSIONS) await takeGroups(tx, by, { day });
    await clearTaken(tx);
    await tx('observed_days').insert({
      day,
      recorded: true,
      taken_at: now,
      stage: 'finished',
      after_service: 0,
      finished_at: now,
    });
  }
}

interface TakenRow {
  service_id: number;
  state_rank: number;
  backlog_rank: number;
  game_day_rank: number;
  readiness_rank: number;
  open_count: number;
  starved: number;
  closed_90d: number;
  all_closed_90d: number;
  oldest_created_at: number | null;
  median_created_at: number | null;
  game_days_held: number;
  tests_passed: number;
}

const takenColumns: Columns<TakenRow> = {
  service_id: 'integer',
  state_rank: 'integer',
  backlog_rank: 'integer',
  game_day_rank: 'integer',
  readiness_rank: 'integer',
  open_count: 'integer',
  starved: 'integer',
  closed_90d: 'integer',
  all_closed_90d: 'integer',
  oldest_created_at: 'bigint',
  median_created_at: 'bigint',
  game_days_held: 'integer',
  tests_passed: 'integer',
};

function takenRow(record: ServicePointRecord, serviceId: number): TakenRow {
  const { states } = record;
  const rankOf = (state: MeasureState) => MEASURE_STATES.indexOf(state);
  const ranks = {
    backlog_rank: rankOf(states.backlog),
    game_day_rank: rankOf(states.gameDay),
    readiness_rank: rankOf(states.readinessTest),
  };
  // Youngest first: ascending by age.
  const created = record.openSince
    .map(at => storableInstant(at))
    .sort((a, b) => b - a);
  return {
    service_id: serviceId,
    state_rank: Math.min(...Object.values(ranks)),
    ...ranks,
    open_count: created.length,
    starved: record.starved ? 1 : 0,
    closed_90d: record.closed90d,
    all_closed_90d: record.allClosed90d,
    oldest_created_at: created[created.length - 1] ?? null,
    median_created_at: created.length ? nearestRank(created, 50) : null,
    game_days_held: record.gameDaysHeld,
    tests_passed: record.testsPassed,
  };
}

/** Services belong to the groups of today. */
async function insertTaken(tx: Knex.Transaction, rows: readonly TakenRow[]) {
  const names = Object.keys(takenColumns);
  const groups = ['system_ref', 'domain_ref', 'tier', 'lifecycle', 'type'];
  await tx.raw(
    `insert into taken_services (${[...names, ...groups].join(', ')})
     select ${names.map(name => `given.${name}`).join(', ')},
       ${groups.map(name => `s.${name}`).join(', ')}
     from ${givenRowsSql(tx, 'given', takenColumns)}
     join services s on s.id = given.service_id`,
    [JSON.stringify(rows)],
  );
}

async function knownIds(
  db: Knex,
  services: readonly ServicePointRecord[],
): Promise<number[]> {
  const refs = services.map(({ entityRef }) =>
    entityRef.toLocaleLowerCase('en-US'),
  );
  const set = textSet(db, refs);
  const rows = await queryRows<{ id: number; entity_ref: string }>(
    db,
    `select id, entity_ref from services
     where removed_at is null and ${set.includes('entity_ref')}`,
    [set.binding],
  );
  const ids = new Map(rows.map(row => [row.entity_ref, row.id]));
  return refs.map(ref => {
    const id = ids.get(ref);
    if (id === undefined) throw new NotFoundError(`There is no service ${ref}`);
    return id;
  });
}
