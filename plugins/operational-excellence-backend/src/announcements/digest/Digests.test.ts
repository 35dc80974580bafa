import { TestDatabases } from '@backstage/backend-test-utils';
import { DAY_MS } from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { AnnouncementStore } from '../AnnouncementStore';
import { emptyDatabase } from '../../sync/__testUtils__/emptyDatabase';
import {
  START,
  TEAM,
  TestAnnouncements,
} from '../__testUtils__/TestAnnouncements';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

/** After {@link START}, which is a Wednesday. */
const MONDAY = Date.UTC(2026, 10, 23, 8);
const OWNERS = 2_000;

jest.setTimeout(120_000);

/** Only the digest. */
const DIGEST = {
  digest: { enabled: true },
  kinds: {
    dueSoon: false,
    overdue: false,
    failing: false,
    retestDue: false,
    evaluationDue: false,
    waiverEnding: false,
  },
};

describe.each(databases.eachSupportedId())('Digests on %s', databaseId => {
  let db: Knex;
  let test: TestAnnouncements;

  beforeAll(async () => {
    db = await databases.init(databaseId);
  });

  beforeEach(async () => {
    await emptyDatabase(db);
    test = await TestAnnouncements.create(db);
  });

  const told = async () => {
    const replica = test.replica(DIGEST);
    await replica.look();
    await replica.send();
    return test.notifications.sent.splice(0).map(({ payload, recipients }) => ({
      to: recipients.type === 'entity' && recipients.entityRef,
      ...payload,
    }));
  };

  /** Services of which something needs their owners. */
  async function addServices() {
    const owners = [TEAM, 'group:default/all'];
    const failing = await test.addService('failing', { owners });
    await test.testReadiness('failing', { verdict: 'fail' });
    for (const name of ['b', 'a', 'd', 'c']) {
      await test.addService(`late-${name}`, { owners });
      await test.setTicket(`late-${name}`, { createdAt: START - 40 * DAY_MS });
    }
    await test.addService('soon', { owners });
    await test.setTicket('soon', { createdAt: START - 22 * DAY_MS });
    await test.addService('other', { owners: ['user:default/bob'] });
    await test.testReadiness('other', { verdict: 'pass' });

    await test.addImprovement({ id: 'i', serviceId: failing, name: 'failing' });
    await test.setTicket('failing', {
      createdAt: START - 30 * DAY_MS,
      closedAt: START - 20 * DAY_MS,
    });
    await test.addFinding({ id: 'f', serviceId: failing });
    await test.addFinding({
      id: 'g',
      serviceId: failing,
      improvementId: 'i',
    });
    await test.waive('soon', 'gameDay', MONDAY + 14 * DAY_MS);
    await test.waive('soon', 'readinessTest', MONDAY + 14 * DAY_MS + 1);
  }

  it('tell each owner once a week what awaits it', async () => {
    await addServices();
    expect(await told()).toEqual([]);
    test.now = MONDAY - 1;
    expect(await told()).toEqual([]);
    test.now = MONDAY;
    // Neither the group above, nor an owner of whom nothing is wanted.
    expect(await told()).toEqual([
      {
        to: [TEAM],
        title:
          'Operational excellence this week: 1 failing, 4 overdue, 1 due soon',
        description:
          'Failing: failing. Overdue: late-a, late-b, late-c and 1 more. Due soon: soon. 1 improvement to evaluate, 1 of them overdue. 1 finding without an improvement. 1 waiver ending soon.',
        link: '/operational-excellence/scorecard?owner=group%3Adefault%2Fteam-a',
        severity: 'normal',
        topic: 'weekly-digest',
        scope: `digest/owner/${TEAM}/${MONDAY}`,
      },
    ]);
    expect(await told()).toEqual([]);
    test.now = MONDAY + 7 * DAY_MS - 1;
    expect(await told()).toEqual([]);
    test.now += 1;
    expect(await told()).toHaveLength(1);
  });

  it('of weeks in which nobody looked are not sent later', async () => {
    await addServices();
    await told();
    test.now = MONDAY + 30 * DAY_MS;
    expect(await told()).toHaveLength(1);
    expect(await told()).toEqual([]);
  });

  it('of a week that has passed are given up, where they could not be sent', async () => {
    await addServices();
    await told();
    test.now = MONDAY;
    test.notifications.before = async () => {
      throw new Error('connect ECONNREFUSED 127.0.0.1:7007');
    };
    await told();
    test.notifications.before = async () => {};
    test.now = MONDAY + 7 * DAY_MS;
    expect(await told()).toHaveLength(1);
    expect(
      await db('announcements')
        .where({ kind: 'digest' })
        .orderBy('due_at')
        .pluck('state'),
    ).toEqual(['dropped', 'sent']);
  });

  it('go to thousands of owners, once each, however often a replica dies', async () => {
    await told();
    await db.transaction(async tx => {
      for (let start = 0; start < OWNERS; start += 100) {
        const ids = await tx('services')
          .insert(
            Array.from({ length: 100 }, (_, n) => ({
              entity_ref: `component:default/service-${start + n}`,
              title: `service-${start + n}`,
              search_text: '',
              policy_id: 'all',
              annotations: '{}',
              content_hash: '',
            })),
          )
          .returning('id');
        await tx('service_owners').insert(
          ids.map(({ id }, n) => ({
            service_id: id,
            owner_ref: `group:default/team-${start + n}`,
            depth: 0,
          })),
        );
        await tx('readiness_tests').insert(
          ids.map(({ id }) => ({
            id: `test-${id}`,
            service_id: id,
            template: 'production-readiness',
            performed_at: START,
            verdict: 'fail',
          })),
        );
        await test.status.recompute(
          tx,
          ids.map(({ id }) => id),
        );
      }
    });
    test.now = MONDAY;
    // It dies now and then, between two batches of owners.
    const store: AnnouncementStore = Object.getPrototypeOf(test.announcements);
    const add = store.add;
    let batches = 0;
    const spy = jest
      .spyOn(store, 'add')
      .mockImplementation(async (tx, announcements, options) => {
        if (announcements.length > 0) batches += 1;
        if (announcements.length > 0 && batches % 5 === 0) {
          throw new Error('killed');
        }
        return add(tx, announcements, options);
      });
    let deaths = 0;
    let isDone = false;
    while (!isDone && deaths < OWNERS) {
      const ends = await Promise.allSettled([
        test.replica(DIGEST).look(),
        test.replica(DIGEST).look(),
      ]);
      const died = ends.filter(({ status }) => status === 'rejected');
      deaths += died.length;
      isDone = died.length === 0;
    }
    spy.mockRestore();
    expect(deaths).toBeGreaterThan(1);
    const queued = await db('announcements').where({ state: 'queued' });
    expect(queued).toHaveLength(OWNERS);
    expect(new Set(queued.map(({ subject }) => subject)).size).toBe(OWNERS);
    expect(new Set(queued.map(({ attempts }) => attempts))).toEqual(
      new Set([0]),
    );
  });
});
