import { TestDatabases } from '@backstage/backend-test-utils';
import {
  INITIATIVE_STANDINGS,
  InitiativeGoal,
  initiativeStanding,
  InitiativeStanding,
  MEASURES,
} from 'backstage-plugin-operational-excellence-common';
import fc from 'fast-check';
import { Knex } from 'knex';
import { TestStore } from '../database/__testUtils__/TestStore';
import { idSet, queryRows, sql } from '../database';
import {
  arbitraryGroups,
  arbitraryStatus,
  fewInstants,
  MeasuredStatus,
  statusRow,
} from '../status/__testUtils__/arbitraryStatus';
import { measureFactsOf } from '../status/measureFacts';
import { readListedServices } from '../status/readListedServices';
import { staleGroupsSql } from '../status/stateSql';
import { ListedService } from '../status/statusRows';
import { readUnsettled } from '../status/unsettled';
import { standingSql } from './standingSql';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

/** The days begin long before, or long after, any of the few instants. */
const arbitraryGoal: fc.Arbitrary<InitiativeGoal> = fc.oneof(
  fc.record({
    kind: fc.constant('in-order' as const),
    measure: fc.constantFrom(...MEASURES),
  }),
  fc.record({
    kind: fc.constant('done-since' as const),
    measure: fc.constantFrom('gameDay' as const, 'readinessTest' as const),
    since: fc.constantFrom('1969-12-31', '1970-01-01', '1970-01-02'),
  }),
);

/** A status of which each standing comes up, whatever else does. */
const [PLAIN] = fc.sample(arbitraryStatus, { numRuns: 1, seed: 1 });
const status = (given: Partial<MeasuredStatus>): MeasuredStatus => ({
  ...PLAIN,
  game_day_required: true,
  game_day_configured: true,
  game_day_scope_group: null,
  game_day_all_scope_group: null,
  game_day_waived_until: null,
  game_day_due_at: null,
  game_day_warn_at: null,
  game_day_last_held_at: 5,
  ...given,
});
const EACH_STANDING = [
  status({}),
  status({ game_day_waived_until: 12 }),
  status({
    game_day_scope_group: 'a',
    game_day_all_scope_group: 'experiments',
  }),
  status({ game_day_due_at: 1 }),
];
const STALE = { a: null, b: null, experiments: null };

describe.each(databases.eachSupportedId())('standings on %s', databaseId => {
  let db: Knex;
  let services: ListedService[];

  beforeAll(async () => {
    db = await databases.init(databaseId);
    const store = await TestStore.create(db);
    const ids: number[] = [];
    for (let n = 0; n < 12; n++) {
      ids.push(await store.addService({ name: `service-${n}` }));
    }
    services = await readListedServices(db, idSet(db, ids));
  });

  it('are the same in SQL as by the rule, however long ago states were stored', async () => {
    const seen = new Set<string>();
    const three = [...EACH_STANDING, ...EACH_STANDING, ...EACH_STANDING];
    await fc.assert(
      fc.asyncProperty(
        fc.array(arbitraryStatus, {
          minLength: services.length,
          maxLength: services.length,
        }),
        arbitraryGroups,
        fewInstants,
        fewInstants,
        arbitraryGoal,
        async (given, freshUntil, writtenAt, passed, goal) => {
          const now = writtenAt + passed;
          await db('service_status').delete();
          await db('scope_groups').delete();
          await db('scope_groups').insert(
            Object.entries(freshUntil).map(([id, fresh_until]) => ({
              id,
              fresh_until,
            })),
          );
          const rows = given.map((each, n) =>
            statusRow(services[n], each, { now: writtenAt }),
          );
          await db('service_status').insert(rows);

          const expected = rows.map((row): InitiativeStanding => {
            const facts = measureFactsOf(
              row,
              group => new Map(Object.entries(freshUntil)).get(group) ?? null,
            );
            const lastDoneAt = {
              backlog: null,
              gameDay: row.game_day_last_held_at,
              readinessTest: row.readiness_last_performed_at,
            };
            return initiativeStanding(
              goal,
              { ...facts[goal.measure], lastDoneAt: lastDoneAt[goal.measure] },
              { now },
            );
          });
          expected.forEach(each => seen.add(`${goal.kind} ${each}`));

          for (const unsettled of [
            await readUnsettled(db, { now }),
            'many' as const,
          ]) {
            const query = sql`with ${staleGroupsSql({ now })}
              select ${standingSql(db, goal, { now, unsettled })} as standing
              from service_status st order by st.service_id`;
            const read = await queryRows<{ standing: InitiativeStanding }>(
              db,
              query.sql,
              query.bindings,
            );
            expect(read.map(({ standing }) => standing)).toEqual(expected);
          }
        },
      ),
      {
        numRuns: 60,
        examples: [
          [three, STALE, 3, 0, { kind: 'in-order', measure: 'gameDay' }],
          [
            three,
            STALE,
            3,
            0,
            { kind: 'done-since', measure: 'gameDay', since: '1970-01-02' },
          ],
          [
            three,
            STALE,
            3,
            0,
            { kind: 'done-since', measure: 'gameDay', since: '1970-01-01' },
          ],
        ],
      },
    );
    const all = ['in-order', 'done-since'].flatMap(kind =>
      INITIATIVE_STANDINGS.map(standing => `${kind} ${standing}`),
    );
    expect([...seen].sort()).toEqual(all.sort());
  }, 60_000);
});
