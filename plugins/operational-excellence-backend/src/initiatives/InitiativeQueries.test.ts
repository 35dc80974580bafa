import { TestDatabases } from '@backstage/backend-test-utils';
import {
  Initiative,
  initiativeQuerySchema,
  InitiativeSubmission,
  serviceQuerySchema,
} from 'backstage-plugin-operational-excellence-common';
import fc from 'fast-check';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { idSet } from '../database';
import { TestStore } from '../database/__testUtils__/TestStore';
import { ServiceQueries } from '../services';
import {
  arbitraryGroups,
  arbitraryStatus,
  fewInstants,
  statusRow,
} from '../status/__testUtils__/arbitraryStatus';
import { renewOwnedServices } from '../status/ownedServices';
import { readListedServices } from '../status/readListedServices';
import { ListedService } from '../status/statusRows';
import { Visibility } from '../visibility/Visibility';
import { InitiativeQueries } from './InitiativeQueries';
import { InitiativeService } from './InitiativeService';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const ALL: Visibility = { kind: 'all' };
type Plan = Pick<InitiativeSubmission, 'filter' | 'goal'>;

const PLANS: Plan[] = [
  { filter: {}, goal: { kind: 'in-order', measure: 'gameDay' } },
  {
    filter: { owner: ['Group:default/A'], tier: ['1', '2'] },
    goal: { kind: 'in-order', measure: 'backlog' },
  },
  {
    filter: { q: 'SERVICE-1', type: ['service'] },
    goal: { kind: 'done-since', measure: 'gameDay', since: '1970-01-01' },
  },
  {
    filter: { lifecycle: ['production'], system: ['system:default/s'] },
    goal: { kind: 'done-since', measure: 'readinessTest', since: '1970-01-01' },
  },
];

/** The services that a plan is for, by how the tests make them. */
const isFor = [
  () => true,
  (n: number) => n % 2 === 0 && n % 3 !== 2,
  (n: number) => n === 1 || n >= 10,
  (n: number) => n % 4 === 0,
];

describe.each(databases.eachSupportedId())('initiatives on %s', databaseId => {
  const some: Visibility = {
    kind: 'only',
    entityRefs: new Set(
      [1, 2, 5, 6, 9].map(n => `component:default/service-${n}`),
    ),
  };
  let db: Knex;
  let now = 0;
  let services: ListedService[];

  beforeAll(async () => {
    db = await databases.init(databaseId);
    const store = await TestStore.create(db);
    const ids: number[] = [];
    for (let n = 0; n < 14; n++) {
      ids.push(
        await store.addService({
          name: `service-${n}`,
          owners: [n % 2 === 0 ? 'group:default/a' : 'group:default/b'],
          tier: `${(n % 3) + 1}`,
          type: 'service',
          lifecycle: n % 4 === 0 ? 'production' : 'experimental',
          system: 'system:default/s',
        }),
      );
    }
    services = await readListedServices(db, idSet(db, ids));
  });

  const listed = async (
    query: Record<string, string | undefined>,
    visibility: Visibility,
  ) => {
    const page = await ServiceQueries.create({
      db,
      policies: [],
      now: () => now,
    }).list(serviceQuerySchema.parse({ ...query, limit: 200 }), visibility);
    expect(page.totalItems).toBe(page.items.length);
    return page.items.map(({ entityRef }) => entityRef);
  };

  /** What the lists count that the numbers of an initiative open. */
  const countsOf = async ({ id }: Initiative, visibility: Visibility) => {
    const count = async (reached?: string) =>
      (await listed({ initiative: id, reached }, visibility)).length;
    const counts = {
      services: await count(),
      reached: await count('true'),
      waived: await count('waived'),
      unknown: await count('unknown'),
    };
    expect(await count('false')).toBe(counts.services - counts.reached);
    expect(await count('left')).toBe(
      counts.services - counts.reached - counts.waived - counts.unknown,
    );
    return counts;
  };

  it('tell numbers that open exactly the lists that they count, open and closed', async () => {
    const initiatives = InitiativeService.create({ db, now: () => now });
    const queries = InitiativeQueries.create({ db });
    const read = async (visibility: Visibility) =>
      (await queries.list(initiativeQuerySchema.parse({}), visibility, now))
        .items;

    await fc.assert(
      fc.asyncProperty(
        fc.array(arbitraryStatus, {
          minLength: services.length,
          maxLength: services.length,
        }),
        arbitraryGroups,
        fewInstants,
        fewInstants,
        async (given, freshUntil, writtenAt, passed) => {
          now = writtenAt + passed;
          await db('initiatives').delete();
          await db('service_status').delete();
          await db('scope_groups').delete();
          await db('scope_groups').insert(
            Object.entries(freshUntil).map(([id, fresh_until]) => ({
              id,
              fresh_until,
            })),
          );
          await db('service_status').insert(
            given.map((status, n) =>
              statusRow(services[n], status, { now: writtenAt }),
            ),
          );
          await db.transaction(tx =>
            renewOwnedServices(
              tx,
              services.map(({ service_id }) => service_id),
            ),
          );
          for (const [n, plan] of PLANS.entries()) {
            await initiatives.create(
              {
                ...plan,
                key: randomUUID(),
                title: `${n}`,
                description: null,
                dueOn: '1970-01-01',
              },
              { createdBy: 'user:default/lead' },
            );
          }
          const seenBy = async (visibility: Visibility) => {
            const all = await read(visibility);
            for (const initiative of all) {
              expect(initiative.progress).toEqual(
                await countsOf(initiative, visibility),
              );
            }
            return new Map(all.map(({ id, progress }) => [id, progress]));
          };
          const seen = async () => [await seenBy(ALL), await seenBy(some)];
          const before = await seen();
          for (const { progress, title } of await read(ALL)) {
            const members = services.filter((_, n) => isFor[Number(title)](n));
            expect(progress.services).toBe(members.length);
          }
          for (const { id, version } of await read(ALL)) {
            await initiatives.close(
              id,
              { version, note: null },
              { closedBy: 'user:default/lead' },
            );
          }
          expect(await seen()).toEqual(before);
          // Whatever becomes of the states.
          now += 20;
          expect(await seen()).toEqual(before);
        },
      ),
      { numRuns: 4, endOnFailure: true },
    );
  }, 120_000);

  it('count what was removed since in what they kept, and list it no more', async () => {
    now = 0;
    await db('initiatives').delete();
    await db('service_status').delete();
    const [status] = fc.sample(arbitraryStatus, { numRuns: 1, seed: 3 });
    const ownEvidence = {
      ...status,
      backlog_scope_group: null,
      game_day_scope_group: null,
      game_day_all_scope_group: null,
    };
    await db('service_status').insert(
      services.map(service => statusRow(service, ownEvidence, { now })),
    );
    const initiatives = InitiativeService.create({ db, now: () => now });
    const { id } = await initiatives.create(
      {
        ...PLANS[0],
        key: 'some-key',
        title: 'For all',
        description: null,
        dueOn: '1970-01-01',
      },
      { createdBy: 'user:default/lead' },
    );
    await initiatives.close(
      id,
      { version: 1, note: null },
      { closedBy: 'user:default/lead' },
    );
    await db('service_status')
      .where({ service_id: services[1].service_id })
      .delete();
    const queries = InitiativeQueries.create({ db });
    const kept = await queries.get(id, ALL, now);
    expect(kept?.progress.services).toBe(services.length);
    expect(await listed({ initiative: id }, ALL)).toHaveLength(
      services.length - 1,
    );
    expect((await queries.get(id, some, now))?.progress.services).toBe(4);
  });
});
