import { TestDatabases } from '@backstage/backend-test-utils';
import {
  Instant,
  MEASURE_STATES,
  measureStanding,
  worstState,
} from 'backstage-plugin-operational-excellence-common';
import fc from 'fast-check';
import { Knex } from 'knex';
import { TestStore } from '../database/__testUtils__/TestStore';
import { queryRows, sql } from '../database';
import {
  arbitraryGroups,
  arbitraryStatus,
  fewInstants,
} from './__testUtils__/arbitraryStatus';
import { measureFactsOf } from './measureFacts';
import { measureRankSql, serviceRankSql, staleGroupsSql } from './stateSql';
import { StatusRow } from './statusRows';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

interface Ranks {
  service_id: number;
  service: number;
  backlog: number;
  game_day: number;
  readiness_test: number;
}

const readRanks = (db: Knex, options: { now: Instant }) => {
  const query = sql`with ${staleGroupsSql(options)} select st.service_id,
      ${serviceRankSql(db, options)} as service,
      ${measureRankSql('backlog', options)} as backlog,
      ${measureRankSql('gameDay', options)} as game_day,
      ${measureRankSql('readinessTest', options)} as readiness_test
    from service_status st order by st.service_id`;
  return queryRows<Ranks>(db, query.sql, query.bindings);
};

describe.each(databases.eachSupportedId())('states on %s', databaseId => {
  let db: Knex;
  let serviceIds: number[];

  beforeAll(async () => {
    db = await databases.init(databaseId);
    const store = await TestStore.create(db);
    serviceIds = [];
    for (let n = 0; n < 20; n++) {
      serviceIds.push(await store.addService({ name: `service-${n}` }));
    }
  });

  it('are the same in SQL as by the rules', async () => {
    const statuses = fc.array(arbitraryStatus, {
      minLength: serviceIds.length,
      maxLength: serviceIds.length,
    });
    const seen = new Set<string>();

    await fc.assert(
      fc.asyncProperty(
        statuses,
        arbitraryGroups,
        fewInstants,
        async (given, freshUntil, now) => {
          await db('service_status').delete();
          await db('scope_groups').delete();
          await db('scope_groups').insert(
            Object.entries(freshUntil).map(([id, fresh_until]) => ({
              id,
              fresh_until,
            })),
          );
          const rows = given.map(
            (status, n): StatusRow => ({
              service_id: serviceIds[n],
              ...status,
            }),
          );
          await db('service_status').insert(rows);

          const groups = new Map(
            Object.entries(freshUntil).map(([id, until]) => [
              id,
              { checkedAt: null, freshUntil: until },
            ]),
          );
          const expected = rows.map(row => {
            const facts = measureFactsOf(row, groups);
            const backlog = measureStanding(facts.backlog, { now }).state;
            const gameDay = measureStanding(facts.gameDay, { now }).state;
            const readiness = measureStanding(facts.readinessTest, {
              now,
            }).state;
            return {
              service_id: row.service_id,
              service: worstState([backlog, gameDay, readiness]),
              backlog,
              game_day: gameDay,
              readiness_test: readiness,
            };
          });

          const actual = (await readRanks(db, { now })).map(ranks => ({
            service_id: ranks.service_id,
            service: MEASURE_STATES[ranks.service],
            backlog: MEASURE_STATES[ranks.backlog],
            game_day: MEASURE_STATES[ranks.game_day],
            readiness_test: MEASURE_STATES[ranks.readiness_test],
          }));
          expect(actual).toEqual(expected);
          for (const { backlog, game_day, readiness_test } of actual) {
            [backlog, game_day, readiness_test].forEach(each => seen.add(each));
          }
        },
      ),
      { numRuns: 50 },
    );
    // The property says nothing of states that never came up.
    expect([...seen].sort()).toEqual([...MEASURE_STATES].sort());
  }, 60_000);
});
