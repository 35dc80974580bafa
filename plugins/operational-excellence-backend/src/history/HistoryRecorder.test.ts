import { TestDatabases } from '@backstage/backend-test-utils';
import {
  DAY_MS,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { ServicePointRecord } from 'backstage-plugin-operational-excellence-node';
import { Knex } from 'knex';
import { emptyDatabase } from '../sync/__testUtils__/emptyDatabase';
import { TestHistory } from './__testUtils__/TestHistory';
import { HistoryRecorder } from './HistoryRecorder';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const TEAM = 'group:default/team';

jest.setTimeout(60_000);

describe.each(databases.eachSupportedId())(
  'HistoryRecorder on %s',
  databaseId => {
    let db: Knex;
    let test: TestHistory;
    let recorder: HistoryRecorder;

    beforeAll(async () => {
      db = await databases.init(databaseId);
    });

    beforeEach(async () => {
      await emptyDatabase(db);
      test = await TestHistory.create(db);
      recorder = HistoryRecorder.create({ db, now: () => test.now });
      await test.addService('payments', { owners: [TEAM], tier: '1' });
      await test.addService('search', { owners: [TEAM] });
    });

    const point = (
      name: string,
      given: Partial<ServicePointRecord> = {},
    ): ServicePointRecord => ({
      entityRef: `Component:default/${name}`,
      states: { backlog: 'ok', gameDay: 'never', readinessTest: 'waived' },
      openSince: [],
      starved: false,
      closed90d: 1,
      allClosed90d: 4,
      gameDaysHeld: 0,
      testsPassed: 0,
      ...given,
    });

    const rows = async (table: string) =>
      Number((await db(table).count({ count: '*' }))[0].count);

    it('begins the history of services and of their groups', async () => {
      const at = test.now - 10 * DAY_MS;
      const services = [
        point('payments', {
          openSince: [at, at - 2 * DAY_MS, at - DAY_MS],
          gameDaysHeld: 2,
        }),
        point('search', {
          states: { backlog: 'overdue', gameDay: 'ok', readinessTest: 'ok' },
          openSince: [at - 5 * DAY_MS],
          starved: true,
          testsPassed: 1,
        }),
      ];
      expect(await recorder.record({ day: test.day(2), services })).toBe(true);
      expect(
        await recorder.record({
          day: test.day(1),
          services: services.map(each => ({
            ...each,
            gameDaysHeld: 0,
            testsPassed: 0,
          })),
        }),
      ).toBe(true);
      // Nothing had changed.
      expect(await rows('service_points')).toBe(2);

      const expected = {
        services: 2,
        states: {
          service: { never: 1, overdue: 1 },
          backlog: { ok: 1, overdue: 1 },
          gameDay: { never: 1, ok: 1 },
          readinessTest: { waived: 1, ok: 1 },
        },
        openCount: 4,
        starved: 1,
        closed90d: 2,
        allClosed90d: 8,
        improvementShare90d: 0.25,
        oldestCreatedAt: toIsoInstant(at - 5 * DAY_MS),
        medianCreatedAt: toIsoInstant(at - DAY_MS),
      };
      const history = await test.history({ by: 'owner', key: TEAM });
      expect(history?.points).toEqual([
        { day: test.day(2), ...expected, gameDaysHeld: 2, testsPassed: 1 },
        { day: test.day(1), ...expected, gameDaysHeld: 0, testsPassed: 0 },
      ]);
      const ofService = await test.history({
        by: 'service',
        key: 'component:default/payments',
      });
      expect(ofService?.points[0]).toMatchObject({
        states: { service: { never: 1 } },
        medianCreatedAt: toIsoInstant(at - DAY_MS),
      });
    });

    it('is followed by what the backend takes, which counts nothing twice', async () => {
      const id = (await db('services').first('id')).id;
      await test.holdGameDay([id], { at: test.now - 2 * DAY_MS });
      await recorder.record({
        day: test.day(1),
        services: [point('payments', { gameDaysHeld: 1 })],
      });
      // Not before all that is recorded may have come in.
      await test.take();
      expect(await rows('observed_days')).toBe(1);
      await test.settleIn();
      await test.take();
      const points = (await test.history())?.points;
      expect(
        points?.map(({ gameDaysHeld, services }) => [services, gameDaysHeld]),
      ).toEqual([
        [1, 1],
        [2, 0],
      ]);
    });

    it('leaves days as they are that do not lie behind all others', async () => {
      const record = (daysAgo: number) =>
        recorder.record({
          day: test.day(daysAgo),
          services: [point('payments')],
        });
      expect(await record(3)).toBe(true);
      expect(await record(3)).toBe(false);
      expect(await record(4)).toBe(false);
      await test.settleIn();
      await test.take();
      test.pass(2);
      expect(await record(2)).toBe(false);
      expect(await record(1)).toBe(false);
      expect(await rows('observed_days')).toBe(2);
    });

    it('refuses days that are not past or none, and services that are not there', async () => {
      const services = [point('payments')];
      await expect(
        recorder.record({ day: test.day(0), services }),
      ).rejects.toThrow(/^Only days that are past can be recorded/);
      await expect(
        recorder.record({ day: 'yesterday', services }),
      ).rejects.toThrow('Expected a day such as 2026-07-01, given yesterday');
      await expect(
        recorder.record({ day: test.day(1), services: [point('gone')] }),
      ).rejects.toThrow('There is no service component:default/gone');
      expect(await rows('observed_days')).toBe(0);
    });
  },
);
