import { TestDatabases } from '@backstage/backend-test-utils';
import {
  DAY_MS,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { Experiment } from 'backstage-plugin-operational-excellence-node';
import { Knex } from 'knex';
import { testExperiment } from '../database/__testUtils__/TestStore';
import { ExperimentStore } from '../experiments';
import { emptyDatabase } from '../sync/__testUtils__/emptyDatabase';
import { START, TestHistory } from './__testUtils__/TestHistory';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const TEAM = 'group:default/team';
const OTHERS = 'group:default/others';
const UNIT = 'group:default/unit';

jest.setTimeout(60_000);

describe.each(databases.eachSupportedId())('DailyPoints on %s', databaseId => {
  let db: Knex;
  let test: TestHistory;

  beforeAll(async () => {
    db = await databases.init(databaseId);
  });

  beforeEach(async () => {
    await emptyDatabase(db);
    test = await TestHistory.create(db);
  });

  const pointsOf = async (by: string, key?: string) =>
    (await test.history({ by, key }))?.points ?? [];

  it('tell how services and groups stood, and stand until something changes', async () => {
    const payments = await test.addService('payments', {
      owners: [TEAM, UNIT],
      tier: '1',
    });
    await test.addService('search', { owners: [OTHERS, UNIT] });
    await test.settleIn();
    await test.setTicket('payments', { id: 'a', createdAt: START - DAY_MS });
    await test.setTicket('payments', { id: 'b', createdAt: START });
    await test.take();
    test.pass(1);
    await test.take();
    const rows = await db('service_points').count({ count: '*' });
    expect(Number(rows[0].count)).toBe(2);

    test.pass(1);
    await test.holdGameDay([payments]);
    await test.testReadiness('payments');
    await test.take();
    test.pass(1);
    await test.take();

    const figures = {
      services: 1,
      openCount: 2,
      starved: 1,
      closed90d: 0,
      allClosed90d: 0,
      improvementShare90d: null,
      oldestCreatedAt: toIsoInstant(START - DAY_MS),
      medianCreatedAt: toIsoInstant(START),
      gameDaysHeld: 0,
      testsPassed: 0,
    };
    const before = {
      ...figures,
      states: {
        service: { never: 1 },
        backlog: { ok: 1 },
        gameDay: { 'not-configured': 1 },
        readinessTest: { never: 1 },
      },
    };
    const after = {
      ...figures,
      states: {
        service: { ok: 1 },
        backlog: { ok: 1 },
        gameDay: { ok: 1 },
        readinessTest: { ok: 1 },
      },
    };
    const expected = [
      { day: test.day(3), ...before },
      { day: test.day(2), ...before },
      { day: test.day(1), ...after, gameDaysHeld: 1, testsPassed: 1 },
      { day: test.day(0), ...after },
    ];
    expect(
      await test.history({ by: 'service', key: 'Component:default/Payments' }),
    ).toEqual({
      by: 'service',
      key: 'component:default/payments',
      title: 'payments',
      points: expected,
      asOf: toIsoInstant(test.now),
    });
    expect(await pointsOf('owner', TEAM)).toEqual(expected);
    expect(await pointsOf('tier', '1')).toEqual(expected);
    expect(await pointsOf('owner', UNIT)).toMatchObject([
      { services: 2, openCount: 2, gameDaysHeld: 0 },
      { services: 2, openCount: 2, gameDaysHeld: 0 },
      { services: 2, openCount: 2, gameDaysHeld: 1 },
      { services: 2, openCount: 2, gameDaysHeld: 0 },
    ]);
    expect((await pointsOf('all')).map(({ states }) => states.service)).toEqual(
      [{ never: 2 }, { never: 2 }, { never: 1, ok: 1 }, { never: 1, ok: 1 }],
    );
    // Of no tier, and of no system.
    expect(await pointsOf('tier')).toMatchObject(
      Array(4).fill({ services: 1 }),
    );
    expect(await pointsOf('system')).toMatchObject(
      Array(4).fill({ services: 2 }),
    );
  });

  it('leave out days that were missed, and lose none of what happened on them', async () => {
    const id = await test.addService('payments', { owners: [TEAM] });
    await test.settleIn();
    await test.take();
    test.pass(2);
    await test.holdGameDay([id]);
    test.pass(2);
    await test.holdGameDay([id], { at: test.now - DAY_MS });
    await test.take();
    expect(await pointsOf('owner', TEAM)).toMatchObject([
      { day: test.day(4), gameDaysHeld: 0 },
      { day: test.day(0), gameDaysHeld: 2 },
    ]);
  });

  it('count what becomes known late, but not what was brought along', async () => {
    const id = await test.addService('payments', { owners: [TEAM] });
    await test.settleIn();
    await test.take();
    const first = test.now;
    test.pass(3);
    await test.take();
    test.pass(1);
    // Told after the point of the day before, which should have counted it.
    await test.holdGameDay([id], { at: test.now - 2 * DAY_MS });
    await test.holdGameDay([id], { at: first - 1 });
    await test.take();
    test.pass(1);
    await test.take();
    expect(await pointsOf('owner', TEAM)).toMatchObject([
      { gameDaysHeld: 0 },
      { gameDaysHeld: 0 },
      { gameDaysHeld: 1 },
      { gameDaysHeld: 0 },
    ]);
  });

  it('count experiments that ran, and those of an exercise as one with it', async () => {
    const id = await test.addService('payments', { owners: [TEAM] });
    await test.settleIn();
    await test.take();
    test.pass(1);
    const scope = await test.store.addScope({ key: 'fis', kind: 'experiment' });
    const at = test.now - 1_000;
    const ran = (externalId: string, given: Partial<Experiment> = {}) =>
      testExperiment({
        externalId,
        createdAt: at,
        startedAt: at,
        endedAt: at,
        entityRefs: ['component:default/payments'],
        ...given,
      });
    await db.transaction(tx =>
      ExperimentStore.create().storePage(tx, {
        sourceId: 'tracker:test',
        scopeId: scope,
        experiments: [
          ran('alone'),
          ran('linked'),
          ran('unlinked'),
          ran('dry', { dryRun: true }),
          ran('failed', { state: 'failed' }),
          ran('elsewhere', { entityRefs: [] }),
        ],
      }),
    );
    await test.holdGameDay([id]);
    const exercise = await db('exercises').first('id');
    for (const externalId of ['linked', 'unlinked']) {
      const experiment = await db('experiments')
        .where({ external_id: externalId })
        .first('id');
      await db('exercise_experiments').insert({
        exercise_id: exercise.id,
        experiment_id: experiment.id,
        linked_by: 'tag',
        removed: externalId === 'unlinked',
      });
    }
    await test.take();
    // The exercise with its experiment, and two that ran for themselves.
    expect(await pointsOf('owner', TEAM)).toMatchObject([
      { gameDaysHeld: 0 },
      { gameDaysHeld: 3 },
    ]);
  });

  it('leave the history of a service with the group that owned it', async () => {
    const id = await test.addService('payments', { owners: [TEAM, UNIT] });
    await test.settleIn();
    await test.take();
    test.pass(1);
    await test.reassign(id, [OTHERS]);
    await test.take();
    const days = async (owner: string) =>
      (await pointsOf('owner', owner)).map(({ day }) => day);
    expect(await days(TEAM)).toEqual([test.day(1)]);
    expect(await days(UNIT)).toEqual([test.day(1)]);
    expect(await days(OTHERS)).toEqual([test.day(0)]);
    expect(
      await pointsOf('service', 'component:default/payments'),
    ).toHaveLength(2);
  });

  it('are taken once by two processes that both believe to have the turn', async () => {
    for (let n = 0; n < 7; n++) {
      await test.addService(`s${n}`, { owners: [TEAM] });
    }
    await test.settleIn();
    const outcomes = await Promise.allSettled([
      test.take({ servicesAtOnce: 2 }),
      test.take({ servicesAtOnce: 3 }),
    ]);
    const failures = outcomes.flatMap(outcome =>
      outcome.status === 'rejected' ? [outcome.reason.name] : [],
    );
    expect(failures.filter(name => name !== 'LostTurnError')).toEqual([]);
    // Whoever is next goes on, if there is anything left.
    await test.take();
    expect(await pointsOf('owner', TEAM)).toMatchObject([{ services: 7 }]);
    expect(await db('service_points')).toHaveLength(7);
  });

  it('are not finished when the day has ended', async () => {
    await test.addService('payments');
    await test.settleIn();
    await test.take();
    test.pass(1);
    await test.take({ tickMs: DAY_MS / 4 });
    const finished = async () =>
      (await db('observed_days').orderBy('day')).map(
        ({ finished_at: at }) => at !== null,
      );
    expect(await finished()).toEqual([true, false]);
    await test.take();
    expect(await finished()).toEqual([true, false, true]);
    expect(await pointsOf('all')).toHaveLength(2);
  });

  it('end where a service is gone, and go on when it returns', async () => {
    const id = await test.addService('payments', { tier: '1' });
    await test.addService('search');
    await test.settleIn();
    await test.take();
    for (const isRemoved of [true, true, false]) {
      test.pass(1);
      await test.setRemoved(id, isRemoved);
      await test.take();
    }
    const days = [test.day(3), test.day(0)];
    expect((await pointsOf('tier', '1')).map(({ day }) => day)).toEqual(days);
    expect(
      (await pointsOf('service', 'component:default/payments')).map(
        ({ day }) => day,
      ),
    ).toEqual(days);
  });
});
