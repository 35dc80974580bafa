import { TestDatabases } from '@backstage/backend-test-utils';
import { DAY_MS } from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { emptyDatabase } from '../sync/__testUtils__/emptyDatabase';
import { START, TestHistory } from './__testUtils__/TestHistory';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const TEAM = 'group:default/team';
const OTHERS = 'group:default/others';
const CALM = 'group:default/calm';

jest.setTimeout(60_000);

describe.each(databases.eachSupportedId())('movers on %s', databaseId => {
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

  /** All is well with a service, until its test or its game day is due. */
  async function addService(name: string, owner: string) {
    const id = await test.addService(name, { owners: [owner] });
    await test.testReadiness(name);
    await test.holdGameDay([id]);
    return id;
  }

  it('are none before points were taken, or on the first day', async () => {
    const none = { improved: [], worsened: [] };
    expect(await test.movers()).toMatchObject({
      ...none,
      from: null,
      to: null,
    });
    await addService('payments', TEAM);
    await test.take();
    const day = test.day();
    expect(await test.movers()).toMatchObject({ ...none, from: day, to: day });
  });

  it('are groups by how their share changed, with what changed it', async () => {
    await db('related_entities').insert({
      entity_ref: TEAM,
      title: 'Team of payments',
    });
    for (const name of ['a', 'b', 'c', 'd']) await addService(name, TEAM);
    for (const name of ['e', 'f']) {
      await addService(name, OTHERS);
      await test.testReadiness(name, { verdict: 'fail', at: test.now + 1 });
    }
    await addService('g', CALM);
    await test.take();
    // Not what is compared with.
    test.pass(10);
    await test.testReadiness('a', { verdict: 'fail' });
    await test.take();

    test.pass(20);
    for (const name of ['b', 'c']) {
      await test.testReadiness(name, { verdict: 'fail' });
    }
    await test.setTicket('a', { id: '1', createdAt: test.now - 40 * DAY_MS });
    await test.testReadiness('e');
    await test.take();

    const days = { from: test.day(30), to: test.day() };
    const { improved, worsened, ...answer } = await test.movers({ days: 30 });
    expect(answer).toEqual({ ...days, asOf: expect.any(String) });
    expect(worsened).toEqual([
      {
        key: TEAM,
        title: 'Team of payments',
        before: { day: days.from, services: 4, attention: 0 },
        after: { day: days.to, services: 4, attention: 3 },
        change: 0.75,
        reasons: [
          { measure: 'readinessTest', state: 'failing', before: 0, after: 3 },
          { measure: 'backlog', state: 'overdue', before: 0, after: 1 },
        ],
      },
    ]);
    expect(improved).toEqual([
      {
        key: OTHERS,
        title: OTHERS,
        before: { day: days.from, services: 2, attention: 2 },
        after: { day: days.to, services: 2, attention: 1 },
        change: -0.5,
        reasons: [
          { measure: 'readinessTest', state: 'failing', before: 2, after: 1 },
        ],
      },
    ]);

    // A shorter while ago, one of the team was failing already.
    expect(await test.movers({ days: 20 })).toMatchObject({
      worsened: [{ key: TEAM, before: { attention: 1 }, change: 0.5 }],
    });
    expect(await test.movers({ days: 19 })).toMatchObject({ worsened: [] });
  });

  it('are services that came to need attention, or no longer do', async () => {
    for (const name of ['a', 'b', 'c', 'd']) await addService(name, TEAM);
    await test.testReadiness('d', { verdict: 'fail', at: START + 1 });
    await test.take();
    test.pass(1);
    await test.testReadiness('a', { verdict: 'fail' });
    await test.setTicket('b', { id: '1', createdAt: test.now - 40 * DAY_MS });
    await test.testReadiness('d');
    await test.take();
    const service = (name: string) => `component:default/${name}`;
    const { improved, worsened } = await test.movers({ by: 'service' });
    expect(worsened.map(({ change, key }) => [key, change])).toEqual([
      [service('a'), 1],
      [service('b'), 1],
    ]);
    expect(worsened[1]).toMatchObject({
      title: 'b',
      before: { services: 1, attention: 0 },
      after: { services: 1, attention: 1 },
      reasons: [{ measure: 'backlog', state: 'overdue', before: 0, after: 1 }],
    });
    expect(improved).toMatchObject([{ key: service('d'), change: -1 }]);

    const limited = await test.movers({ by: 'service', limit: 1 });
    expect(limited.worsened).toEqual([worsened[0]]);
    const seen = await test.movers(
      { by: 'service' },
      { kind: 'only', entityRefs: new Set([service('b'), service('c')]) },
    );
    expect(seen.worsened).toEqual([worsened[1]]);
    expect(seen.improved).toEqual([]);
  });
});
