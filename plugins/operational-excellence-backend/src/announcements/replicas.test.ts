import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { emptyDatabase } from '../sync/__testUtils__/emptyDatabase';
import {
  START,
  TEAM,
  TestAnnouncements,
} from './__testUtils__/TestAnnouncements';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const SERVICES = 30;

jest.setTimeout(60_000);

const sleep = (ms: number) =>
  new Promise<void>(resolve => {
    setTimeout(resolve, ms);
  });

describe.each(databases.eachSupportedId())('replicas on %s', databaseId => {
  let db: Knex;
  let test: TestAnnouncements;

  beforeAll(async () => {
    db = await databases.init(databaseId);
  });

  beforeEach(async () => {
    await emptyDatabase(db);
    test = await TestAnnouncements.create(db);
  });

  it('that look and send at the same time tell everything once', async () => {
    const ids: number[] = [];
    for (let n = 0; n < SERVICES; n++) {
      ids.push(await test.addService(`service-${n}`));
    }
    const replicas = [test.replica(), test.replica(), test.replica()];
    await Promise.all(replicas.map(replica => replica.look()));

    for (let n = 0; n < SERVICES; n++) {
      await test.testReadiness(`service-${n}`, { verdict: 'fail' });
    }
    for (const [n, id] of ids.entries()) {
      await test.addExercise({
        id: `x${n}`,
        serviceIds: [id],
        plannedEnd: test.now,
      });
      await test.addFinding({ id: `f${n}`, serviceId: id, retestBy: test.now });
      await test.waive(`service-${n}`, 'gameDay', test.now + 1_000);
      await test.addImprovement({
        id: `i${n}`,
        serviceId: id,
        name: `service-${n}`,
      });
      await test.setTicket(`service-${n}`, {
        createdAt: START,
        closedAt: test.now,
      });
    }
    test.now += 1;
    const once = async (replica: (typeof replicas)[number]) => {
      await replica.look();
      await replica.send();
    };
    await Promise.all(replicas.map(once));
    await Promise.all(replicas.map(once));
    const received = test.notifications.of(TEAM);
    expect(received).toHaveLength(5 * SERVICES);
    expect(received.filter(({ times }) => times !== 1)).toEqual([]);
    expect(test.notifications.sent).toHaveLength(5 * SERVICES);
  });

  it('of which one dies between sending and noting it leave one notification', async () => {
    await test.addService('payments');
    const replica = test.replica();
    await replica.look();
    await test.testReadiness('payments', { verdict: 'fail' });
    await replica.look();

    let die = () => {};
    const dead = new Promise<void>(resolve => {
      die = resolve;
    });
    // The backend took it, and the process never hears of it.
    test.notifications.after = () => dead;
    const first = test.courier({ leaseMs: 300 }).tick();
    while (!test.notifications.sent.length) await sleep(10);
    test.notifications.after = async () => {};
    const other = test.courier({ leaseMs: 300 });
    await other.tick();
    expect(test.notifications.sent).toHaveLength(1);

    await sleep(350);
    await other.tick();
    expect(test.notifications.sent).toHaveLength(2);
    expect(test.notifications.of(TEAM)).toHaveLength(1);
    expect(await db('announcements').pluck('state')).toEqual(['sent']);

    // Should it come back after all, it has nothing to say any more.
    die();
    await first;
    await other.tick();
    expect(test.notifications.sent).toHaveLength(2);
  });

  it('that are started again tell nothing twice', async () => {
    await test.addService('payments');
    await test.replica().look();
    await test.testReadiness('payments', { verdict: 'fail' });
    for (let restart = 0; restart < 3; restart++) {
      const replica = test.replica();
      await replica.look();
      await replica.send();
    }
    expect(test.notifications.sent).toHaveLength(1);
  });

  it('of which one dies while it looks announce nothing twice, and miss nothing', async () => {
    await test.addService('payments');
    await test.replica().look();
    await test.testReadiness('payments', { verdict: 'fail' });
    const broken = jest
      .spyOn(Object.getPrototypeOf(test.announcements), 'add')
      .mockRejectedValueOnce(new Error('killed'));
    await expect(test.replica().look()).rejects.toThrow('killed');
    broken.mockRestore();
    const replica = test.replica();
    await replica.look();
    await replica.send();
    expect(test.notifications.takeTitles()).toEqual([
      'payments: the readiness test fails',
    ]);
  });
});
