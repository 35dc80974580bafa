import { TestDatabases } from '@backstage/backend-test-utils';
import { DAY_MS } from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { emptyDatabase } from '../sync/__testUtils__/emptyDatabase';
import {
  START,
  TEAM,
  TestAnnouncements,
} from './__testUtils__/TestAnnouncements';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const HOUR_MS = 3_600_000;

jest.setTimeout(60_000);

describe.each(databases.eachSupportedId())(
  'announcements on %s',
  databaseId => {
    let db: Knex;
    let test: TestAnnouncements;

    beforeAll(async () => {
      db = await databases.init(databaseId);
    });

    beforeEach(async () => {
      await emptyDatabase(db);
      test = await TestAnnouncements.create(db);
    });

    /** What is sent after a look, by any replica. */
    const told = async (replica = test.replica()) => {
      await replica.look();
      await replica.send();
      return test.notifications.takeTitles();
    };

    it('are not made of what was so at the first look', async () => {
      const id = await test.addService('payments');
      await test.setTicket('payments', { createdAt: START - 100 * DAY_MS });
      await test.testReadiness('payments', { verdict: 'fail' });
      await test.addExercise({
        id: 'x',
        serviceIds: [id],
        plannedEnd: START - DAY_MS,
      });
      await test.addFinding({
        id: 'f',
        serviceId: id,
        retestBy: START - DAY_MS,
      });
      await test.waive('payments', 'gameDay', test.now + 1);
      await db('waivers').update({ created_at: START - 20 * DAY_MS });
      await test.addImprovement({ id: 'i', serviceId: id, name: 'payments' });
      await test.setTicket('payments', {
        createdAt: START - 100 * DAY_MS,
        closedAt: START - 50 * DAY_MS,
      });
      expect(await told()).toEqual([]);
      expect(await told()).toEqual([]);
    });

    it('tell that a measure becomes due soon, then overdue, once each', async () => {
      await test.addService('payments', { title: 'Payments' });
      await test.setTicket('payments', { createdAt: START });
      expect(await told()).toEqual([]);

      test.now = START + 25 * DAY_MS;
      expect(await told()).toEqual([
        'Payments: the oldest improvement is due soon',
      ]);
      expect(await told()).toEqual([]);

      test.now = START + 30 * DAY_MS;
      expect(await told()).toEqual([]);
      test.now += 1;
      expect(await told()).toEqual([
        'Payments: the oldest improvement is overdue',
      ]);
      test.now += 100 * DAY_MS;
      expect(await told()).toEqual([]);
      expect(test.notifications.of(TEAM)).toMatchObject([
        { topic: 'due-soon', severity: 'normal', times: 1 },
        {
          topic: 'overdue',
          severity: 'high',
          description:
            'It was due on 18 December 2026: an improvement has waited for longer than the policy allows.',
          link: '/catalog/default/component/payments/operational-excellence',
          times: 1,
        },
      ]);
    });

    it('do not wait for the time, where a write changes a state', async () => {
      await test.addService('payments');
      await test.testReadiness('payments', { verdict: 'pass' });
      await told();

      await test.testReadiness('payments', { verdict: 'fail' });
      expect(await told()).toEqual(['payments: the readiness test fails']);
      await test.setTicket('payments', { createdAt: START - 90 * DAY_MS });
      expect(await told()).toEqual([
        'payments: the oldest improvement is overdue',
      ]);
    });

    it('are made again when a bad state was left and is back', async () => {
      await test.addService('payments');
      await told();
      const overdue = { createdAt: START - 90 * DAY_MS };
      await test.setTicket('payments', overdue);
      expect(await told()).toHaveLength(1);
      await test.setTicket('payments', { ...overdue, closedAt: START });
      expect(await told()).toEqual([]);
      await test.setTicket('payments', overdue);
      expect(await told()).toHaveLength(1);
      // It speaks of the same instant, so it takes the place of the first one.
      expect(test.notifications.of(TEAM)).toMatchObject([{ times: 2 }]);
    });

    it('are not made while a state is unknown, waived or not required', async () => {
      const id = await test.addService('payments');
      await test.setTicket('payments', { createdAt: START - 29 * DAY_MS });
      await told();

      await test.setSilent('payments', true);
      test.now = START + 10 * DAY_MS;
      expect(await told()).toEqual([]);
      await test.setSilent('payments', false);
      expect(await told()).toEqual([
        'payments: the oldest improvement is overdue',
      ]);
      await test.setSilent('payments', true);
      expect(await told()).toEqual([]);
      await test.setSilent('payments', false);
      expect(await told()).toEqual([]);

      await test.waive('payments', 'backlog', test.now + DAY_MS);
      expect(await told()).toEqual([
        'payments: the waiver of the improvement backlog ends soon',
      ]);
      test.now += DAY_MS;
      expect(await told()).toEqual([
        'payments: the oldest improvement is overdue',
        'payments: the waiver of the improvement backlog ended',
      ]);

      await test.testReadiness('payments', { verdict: 'pass' });
      expect(await told()).toEqual([]);
      await db('services').update({ policy_id: null });
      await db.transaction(tx => test.status.recompute(tx, [id]));
      await test.testReadiness('payments', { verdict: 'fail' });
      expect(await told()).toEqual([]);
    });

    it('are withdrawn where they do not hold any more before they are sent', async () => {
      await test.addService('payments');
      const replica = test.replica();
      await replica.look();
      await test.testReadiness('payments', { verdict: 'fail' });
      await replica.look();
      await test.testReadiness('payments', { verdict: 'pass' });
      expect(await told(replica)).toEqual([]);
    });

    it('tell of exercises that were not held, again when planned anew', async () => {
      const a = await test.addService('payments', { title: 'Payments' });
      const b = await test.addService('checkout', {
        title: 'Checkout',
        owners: ['user:default/bob', 'group:default/all'],
      });
      await told();
      await test.addExercise({
        id: 'x',
        serviceIds: [a, b],
        plannedEnd: START + HOUR_MS,
      });
      await test.addExercise({
        id: 'held',
        serviceIds: [a],
        plannedEnd: START + HOUR_MS,
        state: 'held',
      });
      test.now = START + HOUR_MS;
      expect(await told()).toEqual([]);
      test.now += 1;
      const title =
        'Payments, Checkout: the game day "Loss of a zone" was not held';
      expect(await told()).toEqual([title]);
      expect(await told()).toEqual([]);
      // Its owner, but not the group above.
      expect(test.notifications.of('user:default/bob')).toMatchObject([
        { link: '/operational-excellence/game-days', topic: 'missed-game-day' },
      ]);
      expect(test.notifications.of('group:default/all')).toEqual([]);

      // Moved into the past, which no window of time would show.
      await db('exercises')
        .where({ id: 'x' })
        .update({ planned_end: START + HOUR_MS - 1 });
      expect(await told()).toEqual([title]);
    });

    it('tell of findings that were to be tested again and are not closed', async () => {
      const id = await test.addService('payments');
      await told();
      const retestBy = START + DAY_MS;
      await test.addFinding({ id: 'open', serviceId: id, retestBy });
      await test.addFinding({ id: 'never', serviceId: id });
      await test.addImprovement({ id: 'i', serviceId: id, name: 'payments' });
      await test.setTicket('payments', { createdAt: START, closedAt: START });
      await test.addFinding({
        id: 'closed',
        serviceId: id,
        retestBy,
        improvementId: 'i',
      });
      await test.addExercise({
        id: 'x',
        serviceIds: [id],
        plannedEnd: START,
        state: 'held',
      });
      await db('finding_retests').insert({
        id: 'r',
        finding_id: 'closed',
        exercise_id: 'x',
        tested_at: START + HOUR_MS,
        result: 'fixed',
        recorded_by: 'user:default/ops',
        recorded_at: START + HOUR_MS,
        submission_key: 'r',
      });
      await told();
      test.now = retestBy + 1;
      expect(await told()).toEqual([
        'payments: a finding was not tested again',
      ]);
      expect(await told()).toEqual([]);
      expect(
        test.notifications
          .of(TEAM)
          .find(({ topic }) => topic === 're-test-due'),
      ).toMatchObject({
        description:
          '"The alarm came *late*" was to be tested again by 19 November 2026.',
      });
      await db('findings')
        .where({ id: 'open' })
        .update({ retest_by: test.now + 1 });
      expect(await told()).toEqual([]);
      test.now += 2;
      expect(await told()).toEqual([
        'payments: a finding was not tested again',
      ]);
    });

    it('tell of improvements to evaluate, and of those overdue', async () => {
      const id = await test.addService('payments');
      await told();
      await test.addImprovement({ id: 'i', serviceId: id, name: 'payments' });
      await test.setTicket('payments', { createdAt: START });
      expect(await told()).toEqual([]);
      test.now += HOUR_MS;
      const closedAt = test.now;
      await test.setTicket('payments', { createdAt: START, closedAt });
      expect(await told()).toEqual([
        'payments: an improvement waits to be evaluated',
      ]);
      expect(await told()).toEqual([]);
      test.now = closedAt + 10 * DAY_MS + 1;
      expect(await told()).toEqual([
        'payments: the evaluation of an improvement is overdue',
      ]);
      expect(await told()).toEqual([]);
      // Reopened, and done again.
      await test.setTicket('payments', { createdAt: START });
      expect(await told()).toEqual([]);
      await test.setTicket('payments', {
        createdAt: START,
        closedAt: test.now - 1,
      });
      expect(await told()).toEqual([
        'payments: an improvement waits to be evaluated',
      ]);
      await db('evaluations').insert({
        id: 'e',
        improvement_id: 'i',
        verdict: 'met',
        evidence: '[]',
        evaluated_by: 'user:default/ops',
        evaluated_at: test.now,
        done_at: test.now - 1,
      });
      test.now += 20 * DAY_MS;
      expect(await told()).toEqual([]);
    });

    it('tell of waivers that end, unless another one goes on', async () => {
      await test.addService('payments');
      await told();
      await test.waive('payments', 'gameDay', START + 20 * DAY_MS);
      const revoked = await test.waive(
        'payments',
        'readinessTest',
        START + 20 * DAY_MS,
      );
      expect(await told()).toEqual([]);
      test.now = START + 6 * DAY_MS;
      expect(await told()).toEqual([
        'payments: the waiver of the game day ends soon',
        'payments: the waiver of the readiness test ends soon',
      ]);
      expect(await told()).toEqual([]);
      await test.waivers.revoke(revoked, { revokedBy: 'user:default/ops' });
      await test.waive('payments', 'gameDay', START + 60 * DAY_MS);
      test.now = START + 20 * DAY_MS;
      expect(await told()).toEqual([]);
      test.now = START + 60 * DAY_MS;
      expect(await told()).toEqual([
        'payments: the waiver of the game day ended',
      ]);
    });

    it('can be switched off by kind, and are not made up for later', async () => {
      await test.addService('payments');
      await told();
      await test.testReadiness('payments', { verdict: 'fail' });
      await test.setTicket('payments', { createdAt: START - 90 * DAY_MS });
      expect(await told(test.replica({ kinds: { failing: false } }))).toEqual([
        'payments: the oldest improvement is overdue',
      ]);
      expect(await told()).toEqual([]);

      await test.setTicket('payments', { createdAt: START, closedAt: START });
      await told(test.replica({ enabled: false }));
      await test.setTicket('payments', { createdAt: START - 90 * DAY_MS });
      expect(await told(test.replica({ enabled: false }))).toEqual([]);
      expect(await told()).toEqual([]);
    });

    it('go to nobody where nobody owns the service, or it is gone', async () => {
      await test.addService('orphan', { owners: [] });
      const gone = await test.addService('gone');
      const replica = test.replica();
      await replica.look();
      await test.testReadiness('orphan', { verdict: 'fail' });
      await test.testReadiness('gone', { verdict: 'fail' });
      await replica.look();
      await db('services').where({ id: gone }).update({ removed_at: START });
      await db.transaction(tx => test.status.recompute(tx, [gone]));
      expect(await told(replica)).toEqual([]);
      expect(await db('announcements').pluck('state')).toEqual([
        'dropped',
        'dropped',
      ]);
    });
  },
);
