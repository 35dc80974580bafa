import { TestDatabases } from '@backstage/backend-test-utils';
import {
  Instant,
  Measure,
  MEASURE_STATES,
  measureStanding,
  worstState,
} from 'backstage-plugin-operational-excellence-common';
import fc from 'fast-check';
import { Knex } from 'knex';
import { TestStore } from '../database/__testUtils__/TestStore';
import { idSet, queryRows, sql } from '../database';
import {
  arbitraryGroups,
  arbitraryStatus,
  fewInstants,
  statusRow,
} from './__testUtils__/arbitraryStatus';
import { measureFactsOf } from './measureFacts';
import { readListedServices } from './readListedServices';
import { rankSql, staleGroupsSql, Unsettled } from './stateSql';
import { ListedService } from './statusRows';
import { maybeUnsettled, readUnsettled } from './unsettled';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

interface Ranks {
  service_id: number;
  service: number;
  backlog: number;
  game_day: number;
  readiness_test: number;
}

const readRanks = (
  db: Knex,
  options: { now: Instant; unsettled: Unsettled },
) => {
  const query = sql`with ${staleGroupsSql(options)} select st.service_id,
      ${rankSql(db, 'service', options)} as service,
      ${rankSql(db, 'backlog', options)} as backlog,
      ${rankSql(db, 'gameDay', options)} as game_day,
      ${rankSql(db, 'readinessTest', options)} as readiness_test
    from service_status st order by st.service_id`;
  return queryRows<Ranks>(db, query.sql, query.bindings);
};

const statesOf = (ranks: Ranks) => ({
  service_id: ranks.service_id,
  service: MEASURE_STATES[ranks.service],
  backlog: MEASURE_STATES[ranks.backlog],
  game_day: MEASURE_STATES[ranks.game_day],
  readiness_test: MEASURE_STATES[ranks.readiness_test],
});

describe.each(databases.eachSupportedId())('states on %s', databaseId => {
  let db: Knex;
  let services: ListedService[];

  beforeAll(async () => {
    db = await databases.init(databaseId);
    const store = await TestStore.create(db);
    const ids: number[] = [];
    for (let n = 0; n < 20; n++) {
      ids.push(await store.addService({ name: `service-${n}` }));
    }
    services = await readListedServices(db, idSet(db, ids));
  });

  it('are the same in SQL as by the rules, however long ago they were stored', async () => {
    const statuses = fc.array(arbitraryStatus, {
      minLength: services.length,
      maxLength: services.length,
    });
    const seen = new Set<string>();

    await fc.assert(
      fc.asyncProperty(
        statuses,
        arbitraryGroups,
        fewInstants,
        fewInstants,
        async (given, freshUntil, writtenAt, passed) => {
          const now = writtenAt + passed;
          await db('service_status').delete();
          await db('scope_groups').delete();
          await db('scope_groups').insert(
            Object.entries(freshUntil).map(([id, fresh_until]) => ({
              id,
              fresh_until,
            })),
          );
          const rows = given.map((status, n) =>
            statusRow(services[n], status, { now: writtenAt }),
          );
          await db('service_status').insert(rows);

          const expected = rows.map(row => {
            const facts = measureFactsOf(
              row,
              group => new Map(Object.entries(freshUntil)).get(group) ?? null,
            );
            const stateOf = (measure: Measure) =>
              measureStanding(facts[measure], { now }).state;
            const states = {
              backlog: stateOf('backlog'),
              game_day: stateOf('gameDay'),
              readiness_test: stateOf('readinessTest'),
            };
            return {
              service_id: row.service_id,
              service: worstState(Object.values(states)),
              ...states,
            };
          });

          const unsettled = await readUnsettled(db, { now });
          const looked = await readRanks(db, { now, unsettled });
          expect(looked.map(statesOf)).toEqual(expected);
          const worked = await readRanks(db, { now, unsettled: 'many' });
          expect(worked.map(statesOf)).toEqual(expected);
          const mayBeUnsettled = await maybeUnsettled(db, { now });
          expect(mayBeUnsettled ? [] : unsettled).toEqual([]);

          for (const { backlog, game_day, readiness_test } of expected) {
            [backlog, game_day, readiness_test].forEach(each => seen.add(each));
          }
        },
      ),
      { numRuns: 60 },
    );
    // The property says nothing of states that never came up.
    expect([...seen].sort()).toEqual([...MEASURE_STATES].sort());
  }, 60_000);

  it('have no need to be worked out while nothing has changed them', async () => {
    await db('service_status').delete();
    await db('scope_groups').delete();
    await db('scope_groups').insert({ id: 'a', fresh_until: 100 });
    const [status] = fc.sample(arbitraryStatus, { numRuns: 1, seed: 3 });
    await db('service_status').insert(
      statusRow(
        services[0],
        {
          ...status,
          backlog_required: true,
          backlog_scope_group: 'a',
          backlog_due_at: 50,
          backlog_warn_at: 40,
          backlog_waived_until: null,
          game_day_required: false,
          game_day_scope_group: null,
          game_day_all_scope_group: null,
          readiness_required: false,
        },
        { now: 10 },
      ),
    );
    const at = async (now: number) => [
      await maybeUnsettled(db, { now }),
      await readUnsettled(db, { now }),
    ];
    const { service_id } = services[0];
    expect(await at(39)).toEqual([false, []]);
    expect(await at(40)).toEqual([true, [service_id]]);
    await db('service_status').update({ settled_until: 51 });
    expect(await at(50)).toEqual([false, []]);
    expect(await at(51)).toEqual([true, [service_id]]);
    await db('service_status').update({ settled_until: null });
    expect(await at(100)).toEqual([false, []]);
    expect(await at(101)).toEqual([true, [service_id]]);
  });
});
