import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { emptyDatabase } from '../sync/__testUtils__/emptyDatabase';
import { TestHistory } from './__testUtils__/TestHistory';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

jest.setTimeout(60_000);

describe.each(databases.eachSupportedId())('pruneHistory on %s', databaseId => {
  let db: Knex;
  let test: TestHistory;

  beforeAll(async () => {
    db = await databases.init(databaseId);
  });

  beforeEach(async () => {
    await emptyDatabase(db);
    test = await TestHistory.create(db);
    await test.settleIn();
  });

  const count = async (table: string) => {
    const [{ count: rows }] = await db(table).count({ count: '*' });
    return Number(rows);
  };

  it('keeps the point that stands on the first day that is kept', async () => {
    await test.addService('calm', { tier: '1' });
    await test.addService('busy', { tier: '2' });
    for (let n = 0; n < 8; n++) {
      await test.setTicket('busy', { id: `${n}`, createdAt: test.now });
      await test.take({ keepDays: 3 });
      test.pass(1);
    }
    test.pass(-1);
    const days = [3, 2, 1, 0].map(ago => test.day(ago));
    const shown = async (query: { by: string; key?: string }) =>
      (await test.history(query))?.points.map(({ day, openCount }) => [
        day,
        openCount,
      ]);
    expect(
      await shown({ by: 'service', key: 'component:default/calm' }),
    ).toEqual(days.map(day => [day, 0]));
    expect(await shown({ by: 'tier', key: '2' })).toEqual(
      days.map((day, index) => [day, 5 + index]),
    );
    expect(await count('observed_days')).toBe(4);
    // One for the calm service, and one a day for the busy one.
    expect(await count('service_points')).toBe(1 + 4);
  });

  it('forgets services and groups that ended before that', async () => {
    const id = await test.addService('gone', { tier: '1' });
    await test.addService('stays', { tier: '2' });
    await test.take();
    test.pass(1);
    await test.setRemoved(id, true);
    await test.take();
    test.pass(10);
    await test.take({ keepDays: 3 });
    expect(await count('service_points')).toBe(1);
    const tiers = await db('group_points').where({ dimension: 'tier' });
    expect(tiers.map(({ key }) => key)).toEqual(['2']);
    expect(await count('observed_days')).toBe(1);
  });

  it('goes on where it was stopped, a day at a time', async () => {
    await test.addService('busy');
    for (let n = 0; n < 5; n++) {
      await test.setTicket('busy', { id: `${n}`, createdAt: test.now });
      await test.take();
      test.pass(1);
    }
    test.pass(-1);
    const stop = new AbortController();
    stop.abort();
    await test.take({ keepDays: 1, signal: stop.signal });
    expect(await count('observed_days')).toBe(5);
    await test.take({ keepDays: 1 });
    expect(await count('observed_days')).toBe(2);
    expect(await count('service_points')).toBe(2);
  });
});
