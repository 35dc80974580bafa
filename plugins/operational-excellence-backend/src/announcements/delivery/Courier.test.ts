import { TestDatabases } from '@backstage/backend-test-utils';
import { DAY_MS } from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { emptyDatabase } from '../../sync/__testUtils__/emptyDatabase';
import { TEAM, TestAnnouncements } from '../__testUtils__/TestAnnouncements';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const HOUR_MS = 3_600_000;

jest.setTimeout(60_000);

const refused = () => {
  throw new Error(
    'Failed to send notifications: Error: Request failed with status 404',
  );
};

describe.each(databases.eachSupportedId())('Courier on %s', databaseId => {
  let db: Knex;
  let test: TestAnnouncements;

  beforeAll(async () => {
    db = await databases.init(databaseId);
  });

  beforeEach(async () => {
    await emptyDatabase(db);
    test = await TestAnnouncements.create(db);
  });

  /** Announces that the tests of some services fail. */
  async function announce(names: readonly string[]) {
    for (const name of names) await test.addService(name);
    const replica = test.replica();
    await replica.look();
    for (const name of names) {
      await test.testReadiness(name, { verdict: 'fail' });
    }
    await replica.look();
    return replica;
  }

  /** What the database thinks is not due yet becomes so. */
  const letRetriesPass = () =>
    db('announcements').update({ next_attempt_at: 0 });

  it('waits for a notifications backend that is absent, and says so once', async () => {
    const replica = await announce(['payments', 'checkout']);
    const before = jest.fn(refused);
    test.notifications.before = before;
    for (let minute = 0; minute < 60; minute++) {
      await replica.send();
      test.now += 60_000;
      await letRetriesPass();
    }
    // Less and less often, by one of them at a time.
    expect(before.mock.calls.length).toBeGreaterThan(4);
    expect(before.mock.calls.length).toBeLessThan(20);
    expect(test.logger.warn).toHaveBeenCalledTimes(1);
    expect(test.logger.warn).toHaveBeenCalledWith(
      'Owners cannot be told what needs them, 2 announcements wait for at most 7 days: Failed to send notifications: Error: Request failed with status 404. If this portal has no notifications backend, add @backstage/plugin-notifications-backend to it, or set operationalExcellence.notifications.enabled to false',
    );

    test.notifications.before = async () => {};
    test.now += HOUR_MS;
    await letRetriesPass();
    await replica.send();
    expect(test.notifications.takeTitles()).toEqual([
      'checkout: the readiness test fails',
      'payments: the readiness test fails',
    ]);
    expect(test.logger.info).toHaveBeenCalledWith(
      'Owners are told again what needs them',
    );
  });

  it('gives up after 7 days', async () => {
    const replica = await announce(['payments']);
    test.notifications.before = refused;
    await replica.send();
    test.now += 7 * DAY_MS;
    test.notifications.before = async () => {};
    await letRetriesPass();
    await replica.look();
    await replica.send();
    expect(test.notifications.sent).toEqual([]);
    expect(await db('announcements').pluck('state')).toEqual(['dropped']);
    expect(test.logger.warn).toHaveBeenCalledWith(
      'One announcement was given up, because notifications could not be sent in time',
    );
    test.now += 91 * DAY_MS;
    await replica.look();
    expect(await db('announcements').select()).toEqual([]);
  });

  it('sends the others where one is refused', async () => {
    const replica = await announce(['payments', 'checkout', 'search']);
    test.notifications.before = async ({ payload }) => {
      if (payload.title.startsWith('payments')) refused();
    };
    await replica.send();
    expect(test.notifications.sent).toEqual([]);
    // Its own next attempt is later than that of all others.
    test.now += 10_000;
    await replica.send();
    expect(test.notifications.takeTitles()).toEqual([
      'checkout: the readiness test fails',
      'search: the readiness test fails',
    ]);
  });

  it('does not wait for ever for an answer', async () => {
    await announce(['payments']);
    let answer = () => {};
    test.notifications.after = () =>
      new Promise<void>(resolve => {
        answer = resolve;
      });
    await test.courier({ leaseMs: 60_000, sendMs: 50 }).tick();
    expect(test.logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('There was no answer within 50 ms'),
    );
    answer();
    test.notifications.after = async () => {};
    await letRetriesPass();
    await test.courier({ leaseMs: 60_000 }).tick();
    // It may have been taken the first time; it is one all the same.
    expect(test.notifications.of(TEAM)).toMatchObject([{ times: 2 }]);
  });

  it('lets what is being sent come to an end when it stops', async () => {
    await announce(['payments', 'checkout']);
    const courier = test.courier({ leaseMs: 60_000 });
    let answer = () => {};
    test.notifications.after = () =>
      new Promise<void>(resolve => {
        answer = resolve;
      });
    courier.start();
    while (!test.notifications.sent.length) {
      await new Promise(resolve => {
        setTimeout(resolve, 10);
      });
    }
    const stopped = courier.stop();
    answer();
    await stopped;
    expect(test.notifications.sent).toHaveLength(1);
    expect(
      await db('announcements').orderBy('sequence').pluck('state'),
    ).toEqual(['sent', 'queued']);
  });
});
