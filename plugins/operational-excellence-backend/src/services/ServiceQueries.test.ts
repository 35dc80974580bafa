import { TestDatabases } from '@backstage/backend-test-utils';
import {
  DAY_MS,
  experimentQuerySchema,
  Policy,
  policySchema,
  serviceDetailSchema,
  serviceFacetsSchema,
  serviceFacetsQuerySchema,
  serviceQuerySchema,
  ticketQuerySchema,
} from 'backstage-plugin-operational-excellence-common';
import { Ticket } from 'backstage-plugin-operational-excellence-node';
import { Knex } from 'knex';
import {
  testExperiment,
  testTicket,
  TestStore,
} from '../database/__testUtils__/TestStore';
import { ExperimentStore } from '../experiments';
import { ReadinessTestService } from '../readiness';
import { ScopeGroups, StatusUpdater } from '../status';
import { emptyDatabase } from '../sync/__testUtils__/emptyDatabase';
import { TicketStore } from '../tickets';
import { Visibility } from '../visibility/Visibility';
import { ServiceQueries } from './ServiceQueries';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const NOW = Date.parse('2026-07-01T00:00:00Z');
const HOUR = 3_600_000;
const ALL: Visibility = { kind: 'all' };
const payments = 'component:default/payments';
const checkout = 'component:default/checkout';
const only = (...refs: string[]): Visibility => ({
  kind: 'only',
  entityRefs: new Set(refs),
});

const policy: Policy = policySchema.parse({
  id: 'tier-1',
  backlog: { maxAge: 'P60D', improvementShare: 0.2 },
  gameDay: { every: 'P90D', counts: ['experiment'] },
  readinessTest: { templates: ['go-live'], every: 'P1Y' },
});

describe.each(databases.eachSupportedId())('ServiceQueries on %s', id => {
  let db: Knex;
  let store: TestStore;
  let queries: ServiceQueries;
  let status: StatusUpdater;
  let tracker: number;
  let fis: number;

  beforeAll(async () => {
    db = await databases.init(id);
  });

  beforeEach(async () => {
    await emptyDatabase(db);
    store = await TestStore.create(db);
    const now = () => NOW;
    queries = ServiceQueries.create({
      db,
      policies: [policy],
      sourceTitles: new Map([['fis', 'AWS FIS']]),
      now,
    });
    status = StatusUpdater.create({
      policies: [policy],
      experimentSourceIds: ['fis'],
      now,
    });
    tracker = await store.addScope({
      key: 'acme/payments',
      lastSuccessAt: NOW - HOUR,
      toleranceMs: 2 * HOUR,
    });
    fis = await store.addScope({
      key: 'eu-west-1',
      sourceId: 'fis',
      kind: 'experiment',
      lastSuccessAt: NOW,
    });
    await db.transaction(tx =>
      ScopeGroups.create().setExperimentScopes(tx, [fis]),
    );
  });

  /** Adds a service with tickets of its own. */
  const addService = async (
    service: Parameters<TestStore['addService']>[0],
    ...tickets: Partial<Ticket>[]
  ) => {
    const { name } = service;
    const serviceId = await store.addService({ policy: 'tier-1', ...service });
    await store.nameScope(serviceId, tracker, { container: name });
    await db.transaction(async tx => {
      await TicketStore.create().storePage(tx, {
        sourceId: 'tracker:test',
        scopeId: tracker,
        tickets: tickets.map((ticket, n) =>
          testTicket({
            externalId: `${name}-${n}`,
            container: name,
            ...ticket,
          }),
        ),
      });
      await status.recompute(tx, [serviceId]);
    });
    return serviceId;
  };

  const storeExperiments = (
    ...experiments: Parameters<typeof testExperiment>[0][]
  ) =>
    db.transaction(async tx => {
      const touched = await ExperimentStore.create().storePage(tx, {
        sourceId: 'fis',
        scopeId: fis,
        experiments: experiments.map(testExperiment),
      });
      await status.recompute(tx, touched);
    });

  const countingStatements = async (work: () => Promise<unknown>) => {
    let statements = 0;
    const onQuery = () => (statements += 1);
    db.on('query', onQuery);
    await work();
    db.removeListener('query', onQuery);
    return statements;
  };

  describe('get', () => {
    const get = async (visibility: Visibility = ALL) =>
      serviceDetailSchema.parse(await queries.get(payments, visibility));

    it('tells all there is to know of a service', async () => {
      const days = [0, 29.9, 30, 60, 89, 365, 400, 4000];
      await addService(
        { name: 'payments', title: 'Payments', owners: ['group:default/a'] },
        ...days.map(age => ({ createdAt: NOW - age * DAY_MS })),
        { state: 'done', closedAt: NOW, createdAt: NOW - 200 * DAY_MS },
        { improvement: false },
      );
      await db('related_entities').insert({
        entity_ref: 'group:default/a',
        title: 'Team A',
      });
      await storeExperiments({
        externalId: 'EXP1',
        startedAt: NOW - DAY_MS,
        entityRefs: [payments],
      });
      const tests = ReadinessTestService.create({ db, status });
      for (const [performedAt, template] of [
        [NOW - 2 * DAY_MS, 'go-live'],
        [NOW - DAY_MS, 'other'],
      ] as const) {
        await tests.record({
          entityRef: payments,
          template,
          performedAt,
          performedBy: 'user:default/ops',
          verdict: 'conditional',
          validUntil: null,
          summary: 'Fine',
        });
      }

      const service = await get();
      expect(service).toMatchObject({
        entityRef: payments,
        ownerTitle: 'Team A',
        policy: 'tier-1',
        state: 'overdue',
        backlog: {
          state: 'overdue',
          underlyingState: null,
          openCount: 8,
          checkedAt: new Date(NOW - HOUR).toISOString(),
          closed30d: 1,
        },
        gameDay: {
          state: 'ok',
          last: {
            kind: 'experiment',
            id: 'EXP1',
            title: 'Experiment EXP1',
            outcome: 'completed',
          },
          checkedAt: new Date(NOW).toISOString(),
        },
        readinessTest: {
          state: 'ok',
          verdict: 'conditional',
          template: 'go-live',
          missingTemplates: [],
        },
        thresholds: {
          backlog: { maxAge: 'P60D', improvementShare: 0.2 },
          gameDay: { every: 'P90D', counts: ['experiment'] },
          readinessTest: { every: 'P1Y', templates: ['go-live'] },
        },
      });
      expect(
        service.ageDistribution.map(({ count, fromDays, toDays }) => [
          fromDays,
          toDays,
          count,
        ]),
      ).toEqual([
        [0, 30, 2],
        [30, 60, 1],
        [60, 90, 2],
        [90, 180, 0],
        [180, 365, 0],
        [365, null, 3],
      ]);
      expect(service.readinessTests.map(({ template }) => template)).toEqual([
        'other',
        'go-live',
      ]);
    });

    it('tells how the sources fare', async () => {
      await addService({ name: 'payments' });
      const failing = {
        failing_since: NOW - HOUR,
        last_error: 'Bad credentials',
        last_error_at: NOW,
        consecutive_failures: 1,
      };
      await db('scopes').where({ id: tracker }).update(failing);
      const behind = await store.addScope({
        key: 'us-east-1',
        sourceId: 'fis',
        kind: 'experiment',
      });
      await db.transaction(tx =>
        ScopeGroups.create().setExperimentScopes(tx, [fis, behind]),
      );

      const sources = [
        {
          id: 'tracker:test',
          title: 'tracker:test',
          measure: 'backlog',
          scope: 'Scope acme/payments',
          url: null,
          health: 'failing',
          checkedAt: new Date(NOW - HOUR).toISOString(),
          lastError: 'Bad credentials',
        },
        {
          id: 'fis',
          title: 'AWS FIS',
          measure: 'gameDay',
          scope: 'Scope us-east-1',
          url: null,
          health: 'never',
          checkedAt: null,
          lastError: null,
        },
      ];
      const service = await get();
      expect(service.sources).toEqual(sources);
      expect(service.gameDay).toMatchObject({
        state: 'unknown',
        checkedAt: null,
      });

      await db('scopes')
        .where({ id: tracker })
        .update({ last_success_at: NOW - 3 * HOUR });
      await db.transaction(tx => ScopeGroups.create().renew(tx, tracker));
      const later = await get();
      expect(later.sources[0].health).toBe('stale');
      expect(later.backlog.state).toBe('unknown');
    });

    it('shows what no policy asks of and nothing is known of', async () => {
      await store.addService({ name: 'payments' });
      await status.recomputeAll(db);
      expect(await get()).toMatchObject({
        policy: null,
        thresholds: null,
        state: 'not-required',
        backlog: { state: 'not-required', checkedAt: null },
        readinessTests: [],
      });
    });

    it('has nothing of services that are unknown, removed or hidden', async () => {
      const serviceId = await addService({ name: 'payments' });
      await addService({ name: 'checkout' });
      expect(await queries.get('component:default/nope', ALL)).toBeUndefined();
      expect(await queries.get(payments, only(checkout))).toBeUndefined();
      expect(await queries.get(payments, only(payments))).toMatchObject({
        entityRef: payments,
      });
      await db('services').where({ id: serviceId }).update({ removed_at: NOW });
      await store.recompute([serviceId]);
      expect(await queries.get(payments, ALL)).toBeUndefined();
      expect(
        await queries.tickets(payments, ticketQuerySchema.parse({}), ALL),
      ).toBeUndefined();
    });
  });

  describe('tickets', () => {
    const list = async (query: object) =>
      (await queries.tickets(payments, ticketQuerySchema.parse(query), ALL))!;

    const walk = async (query: object) => {
      const keys: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await list({ ...query, limit: 2, cursor });
        keys.push(...page.items.map(({ id: ticketId }) => ticketId));
        expect(page.totalItems).toBe((await list(query)).items.length);
        cursor = page.nextCursor;
      } while (cursor);
      return keys.map(key => key.replace('payments-', '')).join('');
    };

    beforeEach(async () => {
      await addService(
        { name: 'payments' },
        { createdAt: 5, updatedAt: 50 },
        { createdAt: 3, updatedAt: 50, state: 'in-progress', startedAt: 4 },
        { createdAt: 3, updatedAt: 40, state: 'done', closedAt: 30 },
        { createdAt: 9, updatedAt: 60, improvement: false },
        { createdAt: 1, updatedAt: 10, state: 'done', closedAt: 90 },
      );
      await addService({ name: 'checkout' }, {});
    });

    it.each([
      [{}, '10'],
      [{ sort: '-createdAt' }, '01'],
      [{ state: 'open' }, '0'],
      [{ state: 'in-progress' }, '1'],
      [{ state: 'done', sort: '-closedAt' }, '42'],
      [{ class: 'all', state: 'all', sort: 'closedAt' }, '24013'],
      [{ class: 'all', state: 'all', sort: '-closedAt' }, '42310'],
      [{ class: 'all', state: 'all', sort: '-updatedAt' }, '31024'],
      [{ class: 'all', state: 'not-done' }, '103'],
    ])('lists %j', async (query, expected) => {
      expect(await walk(query)).toBe(expected);
    });

    it('shows a ticket as the tracker has it', async () => {
      const { items, asOf } = await list({ state: 'in-progress' });
      expect(asOf).toBe(new Date(NOW).toISOString());
      expect(items).toEqual([
        {
          id: 'payments-1',
          sourceId: 'tracker:test',
          key: 'T-payments-1',
          url: null,
          title: 'Ticket payments-1',
          state: 'in-progress',
          improvement: true,
          createdAt: '1970-01-01T00:00:00.003Z',
          startedAt: '1970-01-01T00:00:00.004Z',
          closedAt: null,
          updatedAt: '1970-01-01T00:00:00.050Z',
          labels: [],
          priority: null,
          assignee: null,
        },
      ]);
    });

    it('refuses a cursor of another order', async () => {
      const { nextCursor } = await list({ limit: 1 });
      await expect(
        list({ cursor: nextCursor, sort: 'updatedAt' }),
      ).rejects.toThrow('not sorted by updatedAt');
    });
  });

  describe('experiments', () => {
    const list = (query: object, visibility: Visibility = ALL) =>
      queries.experiments(experimentQuerySchema.parse(query), visibility);
    const idsOf = async (query: object, visibility: Visibility = ALL) =>
      (await list(query, visibility)).items.map(item => item.id).join('');

    beforeEach(async () => {
      await addService({ name: 'payments' });
      await addService({ name: 'checkout' });
      await storeExperiments(
        { externalId: 'A', createdAt: 1, entityRefs: [payments] },
        { externalId: 'B', createdAt: 2, entityRefs: [payments, checkout] },
        { externalId: 'C', createdAt: 2, state: 'failed' },
      );
    });

    it('shows which visible services they exercised', async () => {
      const { items, totalItems } = await list({});
      expect(totalItems).toBe(3);
      expect(items.map(item => [item.id, item.entityRefs])).toEqual([
        ['C', []],
        ['B', [checkout, payments]],
        ['A', [payments]],
      ]);

      const some = await list({}, only(checkout));
      expect(some.totalItems).toBe(1);
      expect(some.items.map(item => [item.id, item.entityRefs])).toEqual([
        ['B', [checkout]],
      ]);
    });

    it('filters, sorts and pages', async () => {
      expect(await idsOf({ sort: 'createdAt' })).toBe('ABC');
      expect(await idsOf({ state: ['failed', 'running'] })).toBe('C');
      expect(await idsOf({ service: checkout.toUpperCase() })).toBe('B');
      expect(await idsOf({ service: payments, state: 'failed' })).toBe('');
      expect(await idsOf({ service: payments }, only(checkout))).toBe('');

      const first = await list({ limit: 2 });
      const second = await list({ limit: 2, cursor: first.nextCursor });
      expect(second.items.map(item => item.id)).toEqual(['A']);
      expect(second.nextCursor).toBeUndefined();
      expect(second.totalItems).toBe(3);
    });
  });

  describe('facets', () => {
    const facets = async (filter: object = {}, visibility: Visibility = ALL) =>
      serviceFacetsSchema.parse(
        await queries.facets(
          serviceFacetsQuerySchema.parse(filter),
          visibility,
        ),
      );

    beforeEach(async () => {
      await db('related_entities').insert([
        { entity_ref: 'group:default/b', title: 'Ants' },
        { entity_ref: 'system:default/shop', title: 'The shop' },
      ]);
      await addService({
        name: 'payments',
        owners: ['group:default/a', 'group:default/top'],
        system: 'system:default/shop',
        tier: '10',
        type: 'service',
      });
      await addService(
        {
          name: 'checkout',
          owners: ['group:default/b', 'group:default/top'],
          system: 'system:default/shop',
          tier: '9',
          lifecycle: 'production',
        },
        { createdAt: 0 },
      );
      await addService({ name: 'old', tier: '9', domain: 'domain:default/x' });
    });

    it('count what services can be filtered by, with titles', async () => {
      expect(await facets()).toEqual({
        state: [
          { state: 'overdue', count: 1 },
          { state: 'never', count: 2 },
        ],
        owner: [
          { value: 'group:default/b', title: 'Ants', count: 1 },
          { value: 'group:default/a', title: 'group:default/a', count: 1 },
          { value: 'group:default/top', title: 'group:default/top', count: 2 },
        ],
        system: [{ value: 'system:default/shop', title: 'The shop', count: 2 }],
        domain: [
          { value: 'domain:default/x', title: 'domain:default/x', count: 1 },
        ],
        tier: [
          { value: '9', title: '9', count: 2 },
          { value: '10', title: '10', count: 1 },
        ],
        type: [{ value: 'service', title: 'service', count: 1 }],
        lifecycle: [{ value: 'production', title: 'production', count: 1 }],
        more: [],
      });
    });

    it('of many values are those of the most services', async () => {
      const found = await facets({ limit: 1 });
      expect(found).toMatchObject({
        owner: [{ value: 'group:default/top', count: 2 }],
        tier: [{ value: '9', count: 2 }],
        type: [{ value: 'service' }],
        more: ['owner', 'tier'],
      });
    });

    it('have what the filter names, and what is asked for besides', async () => {
      const found = await facets({
        owner: 'GROUP:default/b',
        including: ['group:default/a', 'group:default/none', '10'],
        limit: 0,
      });
      expect(found).toMatchObject({
        state: [{ state: 'overdue', count: 1 }],
        owner: [
          { value: 'group:default/b', title: 'Ants' },
          { value: 'group:default/a' },
        ],
        tier: [],
        system: [],
      });
    });

    it('are found by title or name, taken literally', async () => {
      const owners = async (find: string) =>
        (await facets({ facet: 'owner', find })).owner.map(each => each.value);
      expect(await owners('ANT')).toEqual(['group:default/b']);
      expect(await owners('TO')).toEqual(['group:default/top']);
      // All references have it.
      expect(await owners('default')).toEqual([]);
      expect(await owners('_ants')).toEqual([]);
      expect(await owners('%')).toEqual([]);
      expect(
        await facets({ facet: 'owner', find: 'a', limit: 1 }),
      ).toMatchObject({
        owner: [{ value: 'group:default/a' }],
        more: ['owner'],
      });
    });

    it('are only those that are asked for', async () => {
      const found = await facets({ facet: ['tier', 'type'] });
      expect(found).toMatchObject({
        state: [{ state: 'overdue' }, { state: 'never' }],
        tier: [{ value: '9' }, { value: '10' }],
        type: [{ value: 'service' }],
        owner: [],
        system: [],
      });
    });

    it('count under the other filters', async () => {
      const found = await facets({ tier: '9', state: 'overdue' });
      expect(found.tier.map(({ count, value }) => [value, count])).toEqual([
        ['9', 1],
      ]);
      expect(found.state).toEqual([
        { state: 'overdue', count: 1 },
        { state: 'never', count: 1 },
      ]);
      expect(found.domain).toEqual([]);
    });

    it('count what could be chosen instead of nothing', async () => {
      const found = await facets({ without: ['domain', 'lifecycle'] });
      expect(found.domain).toEqual([
        { value: 'domain:default/x', title: 'domain:default/x', count: 1 },
      ]);
      expect(found.lifecycle).toEqual([
        { value: 'production', title: 'production', count: 1 },
      ]);
      expect(found.tier).toEqual([{ value: '10', title: '10', count: 1 }]);
    });

    it('count the states of one measure', async () => {
      const { state } = await facets({ measure: 'backlog' });
      expect(state).toEqual([
        { state: 'overdue', count: 1 },
        { state: 'ok', count: 2 },
      ]);
    });

    it('count what is visible', async () => {
      const found = await facets({}, only(payments));
      expect(found.owner.map(({ count, value }) => [value, count])).toEqual([
        ['group:default/a', 1],
        ['group:default/top', 1],
      ]);
      expect(found.tier).toEqual([{ value: '10', title: '10', count: 1 }]);
    });
  });

  it('takes the same few statements for 10 services as for 500', async () => {
    const addServices = async (from: number, to: number) => {
      for (let n = from; n < to; n++) {
        const serviceId = await store.addService({
          name: `s${n}`,
          policy: 'tier-1',
          owners: ['group:default/a'],
        });
        await store.nameScope(serviceId, tracker, { container: `s${n}` });
      }
      await db.transaction(tx =>
        TicketStore.create().storePage(tx, {
          sourceId: 'tracker:test',
          scopeId: tracker,
          tickets: Array.from({ length: to - from }, (_, n) =>
            testTicket({
              externalId: `${from + n}`,
              container: `s${from + n}`,
              createdAt: NOW - 29 * DAY_MS,
            }),
          ),
        }),
      );
      await status.recomputeAll(db);
    };
    // Later, so that the 30 day figures of all have to be counted anew.
    const later = ServiceQueries.create({
      db,
      policies: [policy],
      now: () => NOW + 2 * DAY_MS,
    });
    const statements = async () => ({
      list: await countingStatements(() =>
        later.list(serviceQuerySchema.parse({ limit: 200 }), ALL),
      ),
      owned: await countingStatements(() =>
        queries.list(
          serviceQuerySchema.parse({
            owner: 'group:default/a',
            state: 'never',
            sort: '-backlogAge',
          }),
          ALL,
        ),
      ),
      facets: await countingStatements(() =>
        later.facets(serviceFacetsQuerySchema.parse({}), ALL),
      ),
      experiments: await countingStatements(() =>
        later.experiments(experimentQuerySchema.parse({}), ALL),
      ),
      get: await countingStatements(() =>
        later.get('component:default/s1', ALL),
      ),
    });

    await addServices(0, 10);
    const few = await statements();
    expect(few).toMatchObject({ list: 4, owned: 1, facets: 4 });
    await addServices(10, 500);
    expect(await statements()).toEqual(few);

    const { items } = await later.list(
      serviceQuerySchema.parse({ limit: 200 }),
      ALL,
    );
    expect(new Set(items.map(item => item.backlog.opened30d))).toEqual(
      new Set([0]),
    );
  }, 60_000);
});
