import {
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { JsonObject, JsonValue } from '@backstage/types';
import {
  DAY_MS,
  Page,
  Policies,
  PolicyPreview,
  PolicyPreviewService,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { eventually } from '../sync/__testUtils__/TestSync';
import {
  component,
  fakeCatalog,
} from '../visibility/__testUtils__/fakeCatalog';
import {
  allow,
  conditional,
  deny,
  FakePolicy,
} from '../visibility/__testUtils__/FakePolicy';
import { ApiRequest, DocumentedApi } from './__testUtils__/DocumentedApi';
import { startPlugin } from './__testUtils__/startPlugin';

const PREVIEW = 'operational-excellence.policy.preview';
const TIER = 'metadata.labels.tier';
const tiered = (name: string, tier: string) =>
  component(name, {
    metadata: { name, namespace: 'default', labels: { tier } },
  });
const ENTITIES = [
  tiered('payments', '1'),
  tiered('search', '2'),
  tiered('web', '2'),
];
const REFS = ENTITIES.map(entity => stringifyEntityRef(entity));
const [PAYMENTS, SEARCH] = REFS;

const inDays = (days: number) =>
  toIsoInstant(Date.now() + days * DAY_MS).slice(0, 10);

const STRICT = {
  id: 'strict',
  match: { [TIER]: '1' },
  enforceFrom: inDays(10),
  gameDay: { every: 'P30D', counts: ['game-day'] },
};
const REST = { id: 'rest', readinessTest: { templates: ['a'], every: 'P1Y' } };

const alice = mockCredentials.user.header('user:default/alice');
const bob = mockCredentials.user.header('user:default/bob');

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

type Answer = PolicyPreview & { error: { message: string } };

describe.each(databases.eachSupportedId())('policies on %s', databaseId => {
  const auditEvent = { success: jest.fn(), fail: jest.fn() };
  const auditor = mockServices.auditor.mock();
  const policy = new FakePolicy(() => allow);
  let db: Knex;
  let api: DocumentedApi;
  let stop: () => Promise<void>;

  /** Everybody may do everything; bob sees only search. */
  const usual = (permission: string, caller: string) =>
    permission === 'catalog.entity.read' && caller === 'user:default/bob'
      ? conditional()
      : allow;

  beforeAll(async () => {
    auditor.createEvent.mockResolvedValue(auditEvent);
    const { catalog } = fakeCatalog({
      entities: ENTITIES,
      readableBy: caller => (caller === 'user:default/bob' ? [SEARCH] : REFS),
    });
    db = await databases.init(databaseId);
    policy.become(usual);
    ({ api, stop } = await startPlugin({
      auditor,
      catalog,
      db,
      policy,
      sources: [],
      config: { policies: [STRICT, REST] },
    }));
    await eventually(async () => {
      const { status } = await call({
        path: '/services/component/default/web',
      });
      if (status !== 200) throw new Error(`${status}`);
    });
  });

  afterAll(() => stop());

  beforeEach(() => {
    policy.become(usual);
    auditEvent.success.mockClear();
    auditEvent.fail.mockClear();
    auditor.createEvent.mockClear();
  });

  function call<T = JsonObject>(request: ApiRequest) {
    return api.call<T>({ authorization: alice, ...request });
  }

  const start = (policies: JsonValue, authorization = alice) =>
    call<Answer>({
      method: 'post',
      path: '/policy-previews',
      authorization,
      body: { policies },
    });

  const get = (id: string, authorization = alice) =>
    call<Answer>({ path: `/policy-previews/${id}`, authorization });

  const services = (
    id: string,
    query: Record<string, string | number> = {},
    authorization = alice,
  ) =>
    call<Page<PolicyPreviewService> & { error: { message: string } }>({
      path: `/policy-previews/${id}/services`,
      query,
      authorization,
    });

  /** A preview that has come to its end. */
  const ended = async (id: string): Promise<PolicyPreview> => {
    await eventually(async () => {
      const { body } = await get(id);
      if (body.state === 'running') throw new Error('It still runs');
    });
    return (await get(id)).body;
  };

  /** Everything becomes strict at once. */
  const EVERYWHERE = [{ id: 'all', gameDay: { every: 'P30D' } }];

  it('are listed in their order, with the services that are seen', async () => {
    const { body, status } = await call<Policies>({ path: '/policies' });
    expect(status).toBe(200);
    expect(body.items).toMatchObject([
      {
        policy: { ...STRICT, gameDay: { every: 'P30D', warnBefore: 'P14D' } },
        services: 0,
        upcomingFrom: STRICT.enforceFrom,
      },
      {
        policy: { id: 'rest' },
        services: 3,
        upcomingFrom: null,
        preview: null,
      },
    ]);
    const ofBob = await call<Policies>({
      path: '/policies',
      authorization: bob,
    });
    expect(ofBob.body.items.map(item => item.services)).toEqual([0, 1]);
  });

  it('tell by themselves what one changes that is upcoming', async () => {
    let id = '';
    await eventually(async () => {
      const { body } = await call<Policies>({ path: '/policies' });
      if (body.items[0].preview === null) throw new Error('There is none');
      id = body.items[0].preview;
    });
    const preview = await ended(id);
    expect(preview).toMatchObject({
      state: 'done',
      policies: [{ id: 'strict' }, { id: 'rest' }],
      createdBy: 'plugin:operational-excellence',
      services: 3,
      changed: 1,
      changes: [
        {
          measure: 'gameDay',
          from: 'not-required',
          to: 'not-configured',
          services: 1,
        },
        {
          measure: 'readinessTest',
          from: 'never',
          to: 'not-required',
          services: 1,
        },
        { measure: null, from: 'never', to: 'not-configured', services: 1 },
      ],
    });
    expect((await services(id)).body.items).toEqual([
      {
        entityRef: PAYMENTS,
        title: 'payments',
        policyBefore: 'rest',
        policyAfter: 'strict',
        service: { from: 'never', to: 'not-configured' },
        backlog: { from: 'not-required', to: 'not-required' },
        gameDay: { from: 'not-required', to: 'not-configured' },
        readinessTest: { from: 'never', to: 'not-required' },
      },
    ]);
  });

  it('are tried without being applied', async () => {
    const { body, status } = await start(EVERYWHERE);
    expect(status).toBe(202);
    expect(body).toMatchObject({
      state: 'running',
      createdBy: 'user:default/alice',
      services: 0,
      changed: 0,
      changes: [],
    });
    expect(auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'policy-preview',
        meta: { policies: ['all'] },
      }),
    );
    expect(auditEvent.success).toHaveBeenCalledWith({ meta: { id: body.id } });

    const preview = await ended(body.id);
    expect(preview).toMatchObject({ state: 'done', services: 3, changed: 3 });
    const { body: list } = await call<Policies>({ path: '/policies' });
    expect(list.items.map(item => item.services)).toEqual([0, 3]);
  });

  it('count and list only what is seen', async () => {
    const { id } = (await start(EVERYWHERE)).body;
    await ended(id);
    const { body } = await get(id, bob);
    expect(body).toMatchObject({ services: 1, changed: 1 });
    expect(body.changes.map(change => change.services)).toEqual([1, 1, 1]);
    const listed = await services(id, {}, bob);
    expect(listed.body.items.map(item => item.entityRef)).toEqual([SEARCH]);
    expect(listed.body.totalItems).toBe(1);
  });

  it('have numbers that open exactly their lists', async () => {
    const { id } = (
      await start([
        { id: 'one', match: { [TIER]: '1' }, gameDay: { every: 'P30D' } },
        { id: 'two', backlog: { maxAge: 'P30D' } },
      ])
    ).body;
    const { changes } = await ended(id);
    expect(changes.length).toBeGreaterThan(3);
    for (const { from, measure, services: count, to } of changes) {
      const { body } = await services(id, {
        ...(measure && { measure }),
        from,
        to,
      });
      expect([measure, body.totalItems]).toEqual([measure, count]);
      expect(body.items).toHaveLength(count);
    }
    expect((await services(id, { to: 'ok' })).body.totalItems).toBe(0);
    expect((await services(id, { measure: 'gameDay' })).body.totalItems).toBe(
      1,
    );
  });

  it('are read page by page, by title', async () => {
    const { id } = (await start(EVERYWHERE)).body;
    await ended(id);
    const titles: string[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await services(id, {
        limit: 1,
        ...(cursor && { cursor }),
      });
      expect(body.totalItems).toBe(3);
      titles.push(...body.items.map(item => item.title));
      cursor = body.nextCursor;
    } while (cursor);
    expect(titles).toEqual(['payments', 'search', 'web']);
    const wrong = await services(id, { cursor: 'nonsense' });
    expect([wrong.status, wrong.body.error.message]).toEqual([
      400,
      expect.stringMatching(/^The cursor is not one that this list gave/),
    ]);
  });

  it.each<[string, JsonValue, string]>([
    ['none', [], 'Invalid body property policies'],
    [
      'two of one id',
      [{ id: 'a', match: { kind: 'API' } }, { id: 'a' }],
      'Invalid body property policies.1.id: expected an id that no other policy has',
    ],
    [
      'a match that is no filter',
      [{ id: 'a', match: { kind: { $like: 'x' } } }],
      'Invalid body property policies.0.match: expected a filter predicate',
    ],
    [
      'one that can never apply',
      [{ id: 'a' }, { id: 'b' }],
      'Invalid body property policies.1: expected a policy that can apply',
    ],
    [
      'a threshold that is none',
      [{ id: 'a', backlog: { maxAge: '90 days' } }],
      'Invalid body property policies.0.backlog.maxAge: expected an ISO 8601 duration',
    ],
    [
      'a day that is none',
      [{ id: 'a', enforceFrom: 'tomorrow' }],
      'Invalid body property policies.0.enforceFrom: expected a day, such as 2027-01-31, given "tomorrow"',
    ],
  ])('refuse %s', async (_, policies, message) => {
    const { body, status } = await start(policies);
    expect(status).toBe(400);
    expect(body.error.message).toContain(message);
  });

  it('bear a match that is nested without end', async () => {
    let match: JsonObject = { kind: 'Component' };
    for (let depth = 0; depth < 2_000; depth++) match = { $not: match };
    const { body, status } = await start([{ id: 'a', match }]);
    expect(status).toBe(400);
    expect(body.error.message).toContain('policies.0.match');
  });

  it('need permissions', async () => {
    const { id } = (await start(EVERYWHERE)).body;
    policy.become((permission, caller) =>
      permission === PREVIEW ? deny : usual(permission, caller),
    );
    const refused = await start(EVERYWHERE);
    expect([refused.status, refused.body.error.message]).toEqual([
      403,
      `You lack the permission ${PREVIEW}; ask those who run this portal for it`,
    ]);
    expect(auditEvent.fail).toHaveBeenCalledTimes(1);
    expect((await get(id)).status).toBe(200);

    policy.become(() => deny);
    expect((await call({ path: '/policies' })).status).toBe(403);
    expect((await get(id)).status).toBe(403);
    expect((await services(id)).status).toBe(403);
  });

  it('tell where there is no preview', async () => {
    for (const { status, body } of [
      await get('no-such-id'),
      await services('no-such-id'),
    ]) {
      expect(status).toBe(404);
      expect(body.error.message).toMatch(
        /^There is no policy preview no-such-id; they are removed after 30 days/,
      );
    }
  });

  it('are 20 of each user at most; the oldest go', async () => {
    const first = (await start(EVERYWHERE, bob)).body.id;
    for (let n = 0; n < 20; n++) await start(EVERYWHERE, bob);
    expect((await get(first)).status).toBe(404);
    const mine = await db('policy_previews')
      .where({ created_by: 'user:default/bob' })
      .whereNull('removed_at');
    expect(mine).toHaveLength(20);
  });
});
