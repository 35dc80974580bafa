import { TestDatabases } from '@backstage/backend-test-utils';
import {
  DAY_MS,
  Rollup,
  ROLLUP_DIMENSIONS,
  RollupDimension,
  rollupQuerySchema,
} from 'backstage-plugin-operational-excellence-common';
import fc from 'fast-check';
import { Knex } from 'knex';
import { idSet } from '../database';
import { TestStore } from '../database/__testUtils__/TestStore';
import {
  arbitraryStatus,
  fewInstants,
  MeasuredStatus,
  statusRow,
} from '../status/__testUtils__/arbitraryStatus';
import { renewOwnedServices } from '../status/ownedServices';
import { readListedServices } from '../status/readListedServices';
import { emptyDatabase } from '../sync/__testUtils__/emptyDatabase';
import { noteChanges } from './changes';
import { FIGURE_COLUMNS } from './figureColumns';
import { RollupFolder } from './RollupFolder';
import { RollupQueries } from './RollupQueries';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

/** Few instants after it, closings at few instants let improvements starve. */
const START = 90 * DAY_MS;
const SERVICES = ['a', 'b', 'c', 'd', 'e'];
const OWNERS = [
  [],
  ['group:default/x'],
  ['group:default/x', 'group:default/top'],
  ['group:default/y', 'group:default/top'],
  ['group:default/"y"'],
];
const GROUPS = ['a', 'b', 'experiments'];

const service = fc.nat({ max: SERVICES.length - 1 });

const write = fc.record({
  do: fc.constant('write' as const),
  service,
  status: arbitraryStatus.map(later),
  owners: fc.constantFrom(...OWNERS),
  tier: fc.constantFrom('1', '2', null),
  system: fc.constantFrom('system:default/shop', null),
});

/** All instants but closings after the start. */
function later(status: MeasuredStatus): MeasuredStatus {
  return Object.fromEntries(
    Object.entries(status).map(([name, value]) => [
      name,
      /_(at|until)$/.test(name) &&
      name !== 'backlog_last_closed_at' &&
      typeof value === 'number'
        ? START + value
        : value,
    ]),
  ) as MeasuredStatus;
}

const act = fc.oneof(
  { weight: 6, arbitrary: write },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('remove' as const), service }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      for: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('refresh' as const),
      group: fc.constantFrom(...GROUPS),
      until: fc.option(fewInstants.map(until => START + until)),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('fold', 'crash', 'fold twice at once'),
      batchSize: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('write while folding' as const),
      batchSize: fc.integer({ min: 1, max: 4 }),
      write,
    }),
  },
);

type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;
type Write = typeof write extends fc.Arbitrary<infer T> ? T : never;

class Crash extends Error {}

/** A database to which the connection breaks before transactions are committed. */
function breaking(db: Knex): Knex {
  return {
    transaction: (work: (tx: Knex.Transaction) => Promise<unknown>) =>
      db.transaction(async tx => {
        await work(tx);
        throw new Crash();
      }),
  } as unknown as Knex;
}

describe.each(databases.eachSupportedId())('rollups on %s', databaseId => {
  let db: Knex;
  let now: number;
  const ids: number[] = [];

  beforeAll(async () => {
    db = await databases.init(databaseId);
    await TestStore.create(db);
  });

  async function begin() {
    await emptyDatabase(db);
    now = START;
    const store = await TestStore.create(db);
    ids.length = 0;
    for (const name of SERVICES) ids.push(await store.addService({ name }));
    await db('scope_groups').insert(
      GROUPS.map(id => ({ id, fresh_until: START + 5 })),
    );
  }

  async function put({ owners, status, system, tier, ...given }: Write) {
    const id = ids[given.service];
    await db.transaction(async tx => {
      await tx('services')
        .where({ id })
        .update({ tier, system_ref: system, owner_ref: owners[0] ?? null });
      await tx('service_owners').where({ service_id: id }).delete();
      for (const [depth, owner_ref] of owners.entries()) {
        await tx('service_owners').insert({ service_id: id, owner_ref, depth });
      }
      const [listed] = await readListedServices(tx, idSet(tx, [id]));
      await tx('service_status')
        .insert(statusRow(listed, status, { now }))
        .onConflict('service_id')
        .merge();
      await renewOwnedServices(tx, [id]);
    });
  }

  async function happen(given: Act) {
    switch (given.do) {
      case 'write':
        await put(given as Write);
        break;
      case 'remove':
        await db.transaction(async tx => {
          const id = ids[given.service];
          await tx('service_status').where({ service_id: id }).delete();
          await renewOwnedServices(tx, [id]);
        });
        break;
      case 'wait':
        now += given.for;
        break;
      case 'refresh':
        await db('scope_groups')
          .where({ id: given.group })
          .update({ fresh_until: given.until });
        break;
      case 'crash':
        await RollupFolder.create({ ...given, db: breaking(db) })
          .foldSome()
          .catch(error => {
            if (!(error instanceof Crash)) throw error;
          });
        break;
      default: {
        const { batchSize } = given as { batchSize: number };
        const folder = RollupFolder.create({ db, batchSize });
        const other = RollupFolder.create({ db, batchSize });
        await Promise.all([
          folder.foldSome(),
          given.do === 'fold twice at once' && other.foldSome(),
          'write' in given && put(given.write as Write),
        ]);
      }
    }
  }

  /** As sums are read, and as they are counted where only some are visible. */
  async function readBoth(dimensions: readonly RollupDimension[]) {
    const rollups = RollupQueries.create({ db, now: () => now });
    const entityRefs = new Set(
      SERVICES.map(name => `component:default/${name}`),
    );
    const read: Rollup[][] = [];
    const counted: Rollup[][] = [];
    for (const by of dimensions) {
      const query = rollupQuerySchema.parse({ by, sort: 'title', limit: 200 });
      read.push((await rollups.list(query, { kind: 'all' })).items);
      const some = { kind: 'only', entityRefs } as const;
      counted.push((await rollups.list(query, some)).items);
    }
    return { read, counted };
  }

  it('are at any moment what is counted from the services', async () => {
    const [aWrite] = fc.sample(write, { numRuns: 1, seed: 3 });
    const starving: Write = {
      ...aWrite,
      status: {
        ...aWrite.status,
        backlog_oldest_created_at: 0,
        backlog_last_closed_at: 1,
      },
    };
    const fold = { do: 'fold' as const, batchSize: 4 };
    await fc.assert(
      fc.asyncProperty(
        fc.array(act, { minLength: 1, maxLength: 10 }),
        async acts => {
          await begin();
          for (const each of acts) {
            await happen(each as Act);
            const { counted, read } = await readBoth(ROLLUP_DIMENSIONS);
            expect(read).toEqual(counted);
          }
          // What is kept is what is told, once all is counted and settled.
          await RollupFolder.create({ db, batchSize: 2 }).fold();
          expect(await db('rollup_changes')).toEqual([]);
          const statuses = await db('service_status').pluck('service_id');
          expect(
            await db('counted_services')
              .orderBy('service_id')
              .pluck('service_id'),
          ).toEqual(statuses.sort((a, b) => a - b));
          const [all] = await db('rollups').where({ dimension: 'all' });
          expect(all?.services ?? 0).toBe(statuses.length);
          for (const row of await db('rollups').whereNot({ services: 0 })) {
            const figures = FIGURE_COLUMNS.map(column => row[column]);
            expect(Math.min(...figures)).toBeGreaterThanOrEqual(0);
          }
        },
      ),
      {
        numRuns: 25,
        examples: [
          // It begins to be starved after it was counted.
          [[starving, fold, { do: 'wait', for: 1 }, fold]],
          [[starving, { do: 'wait', for: 1 }, fold, starving, fold]],
          // It is counted, goes and returns.
          [
            [
              aWrite,
              fold,
              { do: 'remove', service: aWrite.service },
              fold,
              aWrite,
            ],
          ],
        ],
      },
    );
  }, 120_000);

  it('are read from the sums where nothing has changed since', async () => {
    await begin();
    const [{ status }] = fc.sample(write, { numRuns: 1, seed: 3 });
    await put({
      do: 'write',
      service: 0,
      status: { ...status, backlog_last_closed_at: null },
      owners: OWNERS[2],
      tier: '1',
      system: null,
    });
    await db('service_status').update({ settled_until: null });
    await RollupFolder.create({ db }).fold();
    const statements: string[] = [];
    const note = ({ sql }: { sql: string }) => statements.push(sql);
    db.on('query', note);
    const { items } = await RollupQueries.create({ db, now: () => now }).list(
      rollupQuerySchema.parse({ by: 'owner' }),
      { kind: 'all' },
    );
    db.removeListener('query', note);
    expect(items.map(({ key, services }) => [key, services])).toEqual(
      expect.arrayContaining([
        ['group:default/top', 1],
        ['group:default/x', 1],
      ]),
    );
    expect(items).toHaveLength(2);
    expect(statements).toHaveLength(3);
    expect(statements[2]).not.toContain('service_status');
  });

  it('are mended where somebody changed services without noting it', async () => {
    await begin();
    const [given] = fc.sample(write, { numRuns: 1, seed: 3 });
    for (const nth of SERVICES.keys()) {
      await put({ ...given, service: nth, owners: OWNERS[2] });
    }
    const folder = RollupFolder.create({ db, batchSize: 2 });
    // What is noted is not missed.
    expect(await folder.noteMissed()).toBe(0);
    await folder.fold();
    expect(await folder.noteMissed()).toBe(0);
    expect(await folder.hasChanges()).toBe(false);

    await db('service_status')
      .where({ service_id: ids[0] })
      .update({ tier: 'other' });
    await db('owned_services').where({ service_id: ids[2] }).delete();
    await db('service_status').where({ service_id: ids[4] }).delete();
    expect(await folder.noteMissed()).toBe(3);
    expect((await db('rollup_changes').pluck('service_id')).sort()).toEqual(
      [ids[0], ids[2], ids[4]].sort(),
    );
    const { counted, read } = await readBoth(ROLLUP_DIMENSIONS);
    expect(read).toEqual(counted);
    await folder.fold();
    expect((await readBoth(ROLLUP_DIMENSIONS)).read).toEqual(counted);
    expect(await folder.noteMissed()).toBe(0);
  });

  it('are counted anew where much has changed since', async () => {
    await begin();
    const [given] = fc.sample(write, { numRuns: 1, seed: 3 });
    await put(given);
    await db.transaction(tx =>
      noteChanges(tx, Array(20_001).fill(ids[given.service])),
    );
    const { counted, read } = await readBoth(ROLLUP_DIMENSIONS);
    expect(read).toEqual(counted);
    expect(read[0][0].services).toBe(1);
    await RollupFolder.create({ db }).fold();
    expect(await RollupFolder.create({ db }).hasChanges()).toBe(false);
    expect((await readBoth(ROLLUP_DIMENSIONS)).read).toEqual(counted);
  });
});
