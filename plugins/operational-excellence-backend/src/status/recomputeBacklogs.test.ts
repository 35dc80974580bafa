import { TestDatabases } from '@backstage/backend-test-utils';
import {
  DAY_MS,
  policySchema,
} from 'backstage-plugin-operational-excellence-common';
import { Ticket } from 'backstage-plugin-operational-excellence-node';
import { Knex } from 'knex';
import {
  testExperiment,
  testTicket,
  TestStore,
} from '../database/__testUtils__/TestStore';
import { ExperimentStore } from '../experiments';
import { emptyDatabase } from '../sync/__testUtils__/emptyDatabase';
import { TicketStore } from '../tickets';
import { StatusUpdater } from './StatusUpdater';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const NOW = Date.parse('2026-07-01T00:00:00Z');
const policy = policySchema.parse({
  id: 'all',
  backlog: { maxAge: 'P90D' },
  gameDay: { every: 'P90D', counts: ['experiment'] },
  readinessTest: { templates: ['a'], every: 'P1Y' },
});
const entityRef = 'component:default/payments';

describe.each(databases.eachSupportedId())('recomputeBacklogs on %s', id => {
  let db: Knex;
  let store: TestStore;
  let tracker: number;
  let service: number;
  let now: number;

  beforeAll(async () => {
    db = await databases.init(id);
  });

  /** A service of which everything is known that a status follows from. */
  beforeEach(async () => {
    await emptyDatabase(db);
    now = NOW;
    store = await TestStore.create(db);
    tracker = await store.addScope({ key: 'a', lastSuccessAt: NOW });
    const fis = await store.addScope({
      key: 'b',
      sourceId: 'fis',
      kind: 'experiment',
      lastSuccessAt: NOW,
    });
    service = await store.addService({
      name: 'payments',
      policy: 'all',
      owners: ['group:default/team-a'],
    });
    await db.transaction(tx =>
      ExperimentStore.create().storePage(tx, {
        sourceId: 'fis',
        scopeId: fis,
        experiments: [
          testExperiment({
            externalId: 'EXP1',
            entityRefs: [entityRef],
            startedAt: NOW - 80 * DAY_MS,
          }),
        ],
      }),
    );
    await db('waivers').insert({
      id: 'w',
      service_id: service,
      measure: 'backlog',
      reason: 'As agreed',
      approver: 'user:default/a',
      until: NOW + 20 * DAY_MS,
      created_at: NOW,
    });
    await db('service_problems').insert({
      service_id: service,
      source_id: 'tracker:other',
      measure: 'backlog',
      message: 'The annotation cannot be read',
    });
  });

  const status = () =>
    StatusUpdater.create({
      policies: [policy],
      experimentSourceIds: ['fis'],
      now: () => now,
    });

  const stored = async () => ({
    status: await db('service_status').where({ service_id: service }).first(),
    owned: await db('owned_services').where({ service_id: service }),
  });

  const storeTickets = (...tickets: Ticket[]) =>
    db.transaction(tx =>
      TicketStore.create().storePage(tx, {
        sourceId: 'tracker:test',
        scopeId: tracker,
        tickets,
      }),
    );

  const recompute = () =>
    db.transaction(tx => status().recompute(tx, [service]));

  /** Both ways after one and the same change, one after the other. */
  async function expectSame() {
    await db.transaction(tx => status().recomputeBacklogs(tx, [service]));
    const partly = await stored();
    await recompute();
    expect(partly).toEqual(await stored());
    return partly.status;
  }

  it.each([
    ['named', { implicit: false }],
    ['had anyway', { implicit: true }],
  ])('says what a whole one does of a scope that is %s', async (_, options) => {
    await store.nameScope(service, tracker, options);
    await recompute();
    await storeTickets(
      testTicket({ externalId: '1', createdAt: NOW - 89 * DAY_MS }),
      testTicket({ externalId: '2', createdAt: NOW - 5 * DAY_MS }),
    );
    expect(await expectSame()).toMatchObject({ backlog_open_count: 2 });

    // Meanwhile the game day has become overdue, and the waiver has ended.
    now = NOW + 30 * DAY_MS;
    await storeTickets(
      testTicket({
        externalId: '1',
        createdAt: NOW - 89 * DAY_MS,
        state: 'done',
        closedAt: NOW + DAY_MS,
        updatedAt: NOW + DAY_MS,
      }),
    );
    expect(await expectSame()).toMatchObject({ backlog_open_count: 1 });
  });

  it('says what a whole one does of what its scope does not cover yet', async () => {
    await store.nameScope(service, tracker, { covered: false });
    await recompute();
    await storeTickets(testTicket({ externalId: '1' }));
    expect(await expectSame()).toMatchObject({
      backlog_known: expect.anything(),
    });
  });

  it('computes as a whole what has no status yet', async () => {
    await store.nameScope(service, tracker);
    await storeTickets(testTicket({ externalId: '1' }));
    expect(await expectSame()).toMatchObject({
      backlog_open_count: 1,
      game_day_last_id: 'EXP1',
    });
  });

  it('leaves out a service that left the catalog', async () => {
    await db('services').where({ id: service }).update({ removed_at: 1 });
    await db.transaction(tx => status().recomputeBacklogs(tx, [service]));
    expect(await stored()).toEqual({ status: undefined, owned: [] });
  });
});
