import { TestDatabases } from '@backstage/backend-test-utils';
import {
  DAY_MS,
  InitiativeSubmission,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { InitiativeService } from '../initiatives';
import { emptyDatabase } from '../sync/__testUtils__/emptyDatabase';
import {
  START,
  TEAM,
  TestAnnouncements,
} from './__testUtils__/TestAnnouncements';

const OTHER = 'group:default/team-b';
/** The midnight after which the initiatives of the tests are over. */
const END = Date.UTC(2027, 0, 1);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

jest.setTimeout(60_000);

const dayOf = (instant: number) => toIsoInstant(instant).slice(0, 10);

describe.each(databases.eachSupportedId())('reminders on %s', databaseId => {
  let db: Knex;
  let test: TestAnnouncements;
  let initiatives: InitiativeService;

  beforeAll(async () => {
    db = await databases.init(databaseId);
  });

  beforeEach(async () => {
    await emptyDatabase(db);
    test = await TestAnnouncements.create(db);
    initiatives = InitiativeService.create({ db, now: () => test.now });
    // What is so at the first look is not announced.
    await test.replica().look();
  });

  const create = async (given: Partial<InitiativeSubmission> = {}) => {
    const { id } = await initiatives.create(
      {
        key: 'some-key',
        title: 'Rehearse *all*',
        description: null,
        filter: {},
        goal: {
          kind: 'done-since',
          measure: 'readinessTest',
          since: dayOf(START),
        },
        dueOn: dayOf(END - DAY_MS),
        ...given,
      },
      { createdBy: 'user:default/lead' },
    );
    return id;
  };

  /** What is sent after a look. */
  const told = async (replica = test.replica()) => {
    await replica.look();
    await replica.send();
    return test.notifications.takeTitles();
  };

  const at = async (instant: number) => {
    test.now = instant;
    return told();
  };

  it('come 14 and 3 days before the last day, and on the day after, once each', async () => {
    await test.addService('payments', { title: 'Payments' });
    const id = await create();
    expect(await told()).toEqual([]);
    expect(await at(END - 15 * DAY_MS - 1)).toEqual([]);
    expect(await at(END - 15 * DAY_MS)).toEqual([
      '"Rehearse *all*" ends on 31 December 2026: 1 service of yours left',
    ]);
    expect(await at(END - 4 * DAY_MS - 1)).toEqual([]);
    expect(await at(END - 4 * DAY_MS)).toHaveLength(1);
    expect(await at(END - 1)).toEqual([]);
    expect(await at(END)).toEqual([
      '"Rehearse *all*" is over: 1 service of yours did not reach it',
    ]);
    expect(await at(END + 100 * DAY_MS)).toEqual([]);
    expect(test.notifications.of(TEAM)).toHaveLength(3);
    expect(test.notifications.of(TEAM)[2]).toMatchObject({
      topic: 'initiative-due',
      times: 1,
      description: 'It was to be reached by 31 December 2026. Left: Payments.',
      link: `/operational-excellence/scorecard?initiative=${id}&reached=left&owner=group%3Adefault%2Fteam-a`,
    });
  });

  it('go to each owner of what is left, of what they own themselves', async () => {
    for (const name of ['a', 'b', 'c', 'd']) await test.addService(name);
    await test.addService('e', { owners: [TEAM, OTHER] });
    await test.addService('f', { owners: [OTHER] });
    await create();
    await at(END - 15 * DAY_MS);
    expect(test.notifications.of(TEAM)).toMatchObject([
      {
        title: expect.stringContaining('5 services of yours left'),
        description: expect.stringContaining('Left: a, b, c and 2 more.'),
      },
    ]);
    // Of what a group beneath owns, that group is told.
    expect(test.notifications.of(OTHER)).toMatchObject([
      { description: expect.stringContaining('Left: f.') },
    ]);
  });

  it('do not go to whom nothing is left of, or who is waived', async () => {
    await test.addService('payments');
    await test.addService('mail', { owners: [OTHER] });
    await test.addService('search', { owners: ['user:default/solo'] });
    await test.testReadiness('payments', { verdict: 'pass' });
    await test.waive('mail', 'readinessTest', END + 100 * DAY_MS);
    await create();
    expect(await at(END - 15 * DAY_MS)).toHaveLength(1);
    expect(test.notifications.of('user:default/solo')).toHaveLength(1);
    await test.testReadiness('search', { verdict: 'pass' });
    expect(await at(END - 4 * DAY_MS)).toEqual([]);
  });

  it('speak of the services that the initiative is for', async () => {
    await test.addService('payments');
    await test.addService('mail', { owners: [OTHER] });
    await create({ filter: { owner: [OTHER] } });
    expect(await at(END - 15 * DAY_MS)).toHaveLength(1);
    expect(test.notifications.of(TEAM)).toEqual([]);
  });

  it('that were due before an initiative was created do not come', async () => {
    await test.addService('payments');
    test.now = END - 10 * DAY_MS;
    await create();
    expect(await told()).toEqual([]);
    expect(await at(END - 4 * DAY_MS)).toHaveLength(1);
  });

  it('that were missed are made up for by the last of them', async () => {
    await test.addService('payments');
    await create();
    expect(await at(END + DAY_MS)).toEqual([
      expect.stringContaining('is over'),
    ]);
  });

  it('follow another last day', async () => {
    await test.addService('payments');
    const id = await create();
    expect(await at(END - 15 * DAY_MS)).toHaveLength(1);
    await initiatives.change(
      id,
      { version: 1, dueOn: dayOf(END + 29 * DAY_MS) },
      { changedBy: 'user:default/lead' },
    );
    expect(await at(END)).toEqual([]);
    expect(await at(END + 15 * DAY_MS)).toEqual([
      expect.stringContaining('ends on 30 January 2027'),
    ]);
  });

  it('do not come twice where something else is changed', async () => {
    await test.addService('payments');
    const id = await create();
    expect(await at(END - 15 * DAY_MS)).toHaveLength(1);
    await initiatives.change(
      id,
      { version: 1, title: 'Another' },
      { changedBy: 'user:default/lead' },
    );
    expect(await told()).toEqual([]);
  });

  it('do not come of what is closed, not even those that wait to be sent', async () => {
    await test.addService('payments');
    const id = await create();
    test.now = END - 15 * DAY_MS;
    const replica = test.replica();
    await replica.look();
    await initiatives.close(
      id,
      { version: 1, note: null },
      { closedBy: 'user:default/lead' },
    );
    await replica.send();
    expect(test.notifications.takeTitles()).toEqual([]);
    expect(await db('announcements').pluck('state')).toEqual(['dropped']);
    expect(await at(END)).toEqual([]);
  });

  it('are sent once by replicas that look at the same time', async () => {
    const owners = Array.from({ length: 20 }, (_, n) => `group:default/g${n}`);
    for (const [n, owner] of owners.entries()) {
      await test.addService(`service-${n}`, { owners: [owner] });
    }
    await create();
    await create({ key: 'other-key' });
    test.now = END - 15 * DAY_MS;
    const replicas = [test.replica(), test.replica(), test.replica()];
    await Promise.all(replicas.map(told));
    await Promise.all(replicas.map(told));
    for (const owner of owners) {
      expect(test.notifications.of(owner)).toMatchObject([
        { times: 1 },
        { times: 1 },
      ]);
    }
  });

  it('of which one dies while it looks are neither lost nor doubled', async () => {
    await test.addService('payments');
    await create();
    test.now = END - 15 * DAY_MS;
    const broken = jest
      .spyOn(Object.getPrototypeOf(test.announcements), 'add')
      .mockRejectedValueOnce(new Error('killed'));
    await expect(test.replica().look()).rejects.toThrow('killed');
    broken.mockRestore();
    expect(await told()).toHaveLength(1);
    expect(await told()).toEqual([]);
  });

  it('are only noted where they are switched off', async () => {
    await test.addService('payments');
    await create();
    test.now = END - 15 * DAY_MS;
    const off = test.replica({ kinds: { initiativeDue: false } });
    expect(await told(off)).toEqual([]);
    expect(await told()).toEqual([]);
    expect(await at(END - 4 * DAY_MS)).toHaveLength(1);
  });
});
