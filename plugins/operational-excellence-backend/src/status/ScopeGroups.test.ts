import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { TestStore } from '../database/__testUtils__/TestStore';
import { emptyDatabase } from '../sync/__testUtils__/emptyDatabase';
import { EXPERIMENTS_GROUP, ScopeGroups } from './ScopeGroups';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('ScopeGroups on %s', databaseId => {
  const groups = ScopeGroups.create();
  let db: Knex;
  let a: number;
  let b: number;

  beforeAll(async () => {
    db = await databases.init(databaseId);
  });

  beforeEach(async () => {
    await emptyDatabase(db);
    const store = await TestStore.create(db);
    a = await store.addScope({ key: 'a', lastSuccessAt: 50, toleranceMs: 10 });
    b = await store.addScope({ key: 'b', toleranceMs: 30 });
  });

  const groupFor = (...scopeIds: number[]) =>
    db.transaction(tx => groups.groupFor(tx, scopeIds));

  const freshness = async (id: string | null) => {
    const row = await db('scope_groups').where({ id }).first();
    return [row.checked_at, row.fresh_until].map(value =>
      value === null ? null : Number(value),
    );
  };

  const succeed = (scopeId: number, at: number) =>
    db.transaction(async tx => {
      await tx('scopes').where({ id: scopeId }).update({ last_success_at: at });
      await groups.renew(tx, scopeId);
    });

  it('are the same for the same scopes, in any order', async () => {
    const both = await groupFor(a, b);
    expect(await groupFor(b, a, b)).toBe(both);
    expect(await groupFor(a)).not.toBe(both);
    expect(await groupFor()).toBeNull();
  });

  it('are found for many sets at once', async () => {
    const found = await db.transaction(tx =>
      groups.groupsFor(tx, [[a], [], [b, a], [a]]),
    );
    expect(found).toEqual([
      await groupFor(a),
      null,
      await groupFor(a, b),
      await groupFor(a),
    ]);
  });

  it('are as fresh as the scope that is furthest behind', async () => {
    const alone = await groupFor(a);
    const both = await groupFor(a, b);
    expect(await freshness(alone)).toEqual([50, 60]);
    expect(await freshness(both)).toEqual([null, null]);

    await succeed(b, 40);
    expect(await freshness(alone)).toEqual([50, 60]);
    expect(await freshness(both)).toEqual([40, 60]);

    await succeed(a, 100);
    expect(await freshness(both)).toEqual([40, 70]);
  });

  it('hold the scopes of experiments under a name of their own', async () => {
    const set = (...scopeIds: number[]) =>
      db.transaction(tx => groups.setExperimentScopes(tx, scopeIds));
    await set(a, b);
    expect(await freshness(EXPERIMENTS_GROUP)).toEqual([null, null]);
    await succeed(b, 55);
    expect(await freshness(EXPERIMENTS_GROUP)).toEqual([50, 60]);
    await set(b);
    expect(await freshness(EXPERIMENTS_GROUP)).toEqual([55, 85]);
    await set();
    expect(await freshness(EXPERIMENTS_GROUP)).toEqual([
      null,
      Number.MAX_SAFE_INTEGER,
    ]);
  });

  it('go when they are stale and nobody depends on them', async () => {
    const used = await groupFor(b);
    const fresh = await groupFor(a);
    await groupFor(a, b);
    await db.transaction(tx => groups.setExperimentScopes(tx, [b]));
    const store = await TestStore.create(db);
    const service = await store.addService({ name: 'a' });
    await store.nameScope(service, b);
    await store.recompute([service]);

    await groups.removeUnused(db, { now: 55 });
    expect((await db('scope_groups').pluck('id')).sort()).toEqual(
      [used, fresh, EXPERIMENTS_GROUP].sort(),
    );
  });
});
