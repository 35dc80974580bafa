import {
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import {
  DAY_MS,
  defaultPolicy,
  History,
  Instant,
  Movers,
  Page,
  Service,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { DailyPoints } from '../history';
import { StatusUpdater } from '../status';
import { eventually } from '../sync/__testUtils__/TestSync';
import {
  component,
  fakeCatalog,
} from '../visibility/__testUtils__/fakeCatalog';
import {
  allow,
  conditional,
  FakePolicy,
} from '../visibility/__testUtils__/FakePolicy';
import { ApiRequest, DocumentedApi } from './__testUtils__/DocumentedApi';
import { startPlugin } from './__testUtils__/startPlugin';

const service = (name: string): Entity =>
  component(name, {
    relations: [{ type: 'ownedBy', targetRef: 'group:default/team' }],
  });
const ENTITIES = [
  service('payments'),
  service('search'),
  component('team', { kind: 'Group', spec: { profile: {} } }),
];
const [PAYMENTS, SEARCH, TEAM] = ENTITIES.map(entity =>
  stringifyEntityRef(entity),
);

const alice = mockCredentials.user.header('user:default/alice');
const bob = mockCredentials.user.header('user:default/bob');

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

type Failure = { error: { name: string; message: string } };

describe.each(databases.eachSupportedId())('history on %s', databaseId => {
  const today = Date.now();
  const yesterday = today - DAY_MS;
  const dayOf = (at: Instant) => toIsoInstant(at).slice(0, 10);
  const days = { from: dayOf(today - 30 * DAY_MS), to: dayOf(today) };
  let db: Knex;
  let api: DocumentedApi;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    const { catalog } = fakeCatalog({
      entities: ENTITIES,
      readableBy: caller =>
        caller === 'user:default/bob' ? [PAYMENTS] : [PAYMENTS, SEARCH],
    });
    db = await databases.init(databaseId);
    ({ api, stop } = await startPlugin({
      catalog,
      auditor: mockServices.auditor.mock(),
      db,
      policy: new FakePolicy((permission, caller) =>
        permission === 'catalog.entity.read' && caller === 'user:default/bob'
          ? conditional()
          : allow,
      ),
      sources: [],
    }));
    await eventually(async () => {
      const { body } = await call<Page<Service>>({ path: '/services' });
      if (body.totalItems !== 2) throw new Error(`${body.totalItems}`);
    });
  });

  afterAll(() => stop());

  function call<T = JsonObject>(request: ApiRequest) {
    return api.call<T>({ authorization: alice, ...request });
  }

  const history = (query: Record<string, string>, authorization = alice) =>
    call<History & Failure>({
      path: '/history',
      query: { ...days, ...query },
      authorization,
    });

  const movers = (query: Record<string, string>, authorization = alice) =>
    call<Movers & Failure>({ path: '/history/movers', query, authorization });

  /** Takes points as if that were the time. */
  async function take(at: Instant) {
    const status = StatusUpdater.create({
      policies: [defaultPolicy],
      experimentSourceIds: [],
    });
    await DailyPoints.create({
      db,
      keepDays: 100,
      status,
      now: () => at,
    }).take({ signal: new AbortController().signal });
  }

  it('is empty before points were taken', async () => {
    const { body, status } = await history({});
    expect(status).toBe(200);
    expect(body).toEqual({
      by: 'all',
      key: null,
      title: null,
      points: [],
      asOf: expect.any(String),
    });
    expect((await movers({})).body).toMatchObject({
      improved: [],
      worsened: [],
      from: null,
      to: null,
    });
  });

  describe('of two days', () => {
    beforeAll(async () => {
      // The plugin itself takes no points meanwhile.
      const turn = { held_until: 0, next_at: today + DAY_MS };
      await db('task_turns')
        .insert({ task: 'take-daily-points', ...turn })
        .onConflict('task')
        .merge(turn);
      await db('settings')
        .insert({ key: 'history.since', value: '0' })
        .onConflict('key')
        .merge();
      await take(yesterday);
      await db('service_status')
        .where({ entity_ref: PAYMENTS })
        .update({
          readiness_happened: true,
          readiness_due_at: today + 100 * DAY_MS,
          readiness_warn_at: today + 90 * DAY_MS,
        });
      await take(today);
    });

    it('tells a point for each day, of services and of groups', async () => {
      const { body } = await history({
        by: 'owner',
        key: 'Group:default/Team',
      });
      expect(body).toMatchObject({
        by: 'owner',
        key: TEAM,
        points: [
          {
            day: dayOf(yesterday),
            services: 2,
            states: { service: { never: 2 }, readinessTest: { never: 2 } },
          },
          {
            day: dayOf(today),
            services: 2,
            states: { readinessTest: { never: 1, ok: 1 } },
          },
        ],
      });
      const ofService = await history({ by: 'service', key: PAYMENTS });
      expect(ofService.body).toMatchObject({
        key: PAYMENTS,
        title: 'payments',
        points: [
          { states: { readinessTest: { never: 1 } } },
          { states: { readinessTest: { ok: 1 } } },
        ],
      });
      const before = await history({ to: dayOf(yesterday) });
      expect(before.body.points).toHaveLength(1);
    });

    it('tells who moved', async () => {
      const { body, status } = await movers({ by: 'type', days: '7' });
      expect(status).toBe(200);
      expect(body).toMatchObject({
        from: dayOf(yesterday),
        to: dayOf(today),
        improved: [
          {
            key: null,
            change: -0.5,
            reasons: [
              {
                measure: 'readinessTest',
                state: 'never',
                before: 2,
                after: 1,
              },
            ],
          },
        ],
        worsened: [],
      });
    });

    it('shows callers who do not see all only what is of one service', async () => {
      const group = await history({ by: 'owner', key: TEAM }, bob);
      expect(group.status).toBe(403);
      expect(group.body.error.message).toMatch(
        /^Histories of groups are only for those who may see all services/,
      );
      expect((await history({}, bob)).status).toBe(403);
      expect((await movers({ by: 'owner' }, bob)).status).toBe(403);

      const seen = await history({ by: 'service', key: PAYMENTS }, bob);
      expect(seen.body.points).toHaveLength(2);
      const hidden = await history({ by: 'service', key: SEARCH }, bob);
      const missing = await history({ by: 'service', key: 'component:x/y' });
      expect([hidden.status, missing.status]).toEqual([404, 404]);
      const moved = await movers({ by: 'service' }, bob);
      expect(moved.body.improved.map(({ key }) => key)).toEqual([PAYMENTS]);
    });
  });

  it.each([
    [{ by: 'service' }, /^Missing query parameter key/],
    [{ by: 'all', key: 'x' }, /^Query parameter key goes with a group/],
    [{ from: '2026-02-02', to: '2026-02-01' }, /`to` must not lie before/],
    [{ from: '2020-01-01', to: '2026-01-01' }, /at most 1100 days at once/],
    [{ from: 'yesterday' }, /^Invalid query parameter from: /],
    [{ by: 'colour' }, /^Invalid query parameter by: /],
  ])('refuses %j', async (query, message) => {
    const { body, status } = await history(query);
    expect(status).toBe(400);
    expect(body.error.message).toMatch(message);
  });

  it('finds nothing of a group that there never was', async () => {
    const { body, status } = await history({ by: 'tier', key: "it's \0 odd" });
    expect(status).toBe(200);
    expect(body.points).toEqual([]);
  });
});
