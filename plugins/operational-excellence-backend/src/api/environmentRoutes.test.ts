import {
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import {
  DAY_MS,
  EnvironmentItem,
  ImprovementDetail,
  Page,
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

const REPORT = 'operational-excellence.environment.manage';
const FILE = 'operational-excellence.improvement.create';

const ENTITIES = [component('payments'), component('search')];
const [PAYMENTS, SEARCH] = ENTITIES.map(entity => stringifyEntityRef(entity));

const alice = mockCredentials.user.header('user:default/alice');
const bob = mockCredentials.user.header('user:default/bob');
const pipeline = mockCredentials.service.header();

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

type Answer = EnvironmentItem & { error: { message: string } };

jest.setTimeout(30_000);

describe.each(databases.eachSupportedId())('environments on %s', databaseId => {
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

  const call = <T = JsonObject>(request: ApiRequest) =>
    api.call<T>({ authorization: alice, ...request });

  beforeAll(async () => {
    auditor.createEvent.mockResolvedValue(auditEvent);
    const { catalog } = fakeCatalog({
      entities: ENTITIES,
      readableBy: caller =>
        caller === 'user:default/bob' ? [SEARCH] : [PAYMENTS, SEARCH],
    });
    db = await databases.init(databaseId);
    ({ api, stop } = await startPlugin({
      auditor,
      catalog,
      db,
      policy,
      sources: [],
    }));
    await eventually(async () => {
      const { status } = await call({
        path: '/services/component/default/payments',
      });
      if (status !== 200) throw new Error(`${status}`);
    });
  });

  afterAll(() => stop());

  beforeEach(async () => {
    await db('improvement_environments').delete();
    await db('environments').delete();
    policy.become(usual);
    auditEvent.success.mockClear();
    auditEvent.fail.mockClear();
    auditor.createEvent.mockClear();
  });

  const inDays = (days: number) => toIsoInstant(Date.now() + days * DAY_MS);

  const report = (
    name: string,
    given: JsonObject = {},
    authorization = alice,
  ) =>
    call<Answer>({
      method: 'put',
      path: `/environments/${name}`,
      authorization,
      body: {
        kind: 'temporary',
        title: 'Copy of production',
        ownerRef: 'group:default/team',
        entityRefs: [PAYMENTS],
        url: 'https://ci.example/42',
        expiresAt: '2126-01-01T00:00:00.000Z',
        ...given,
      },
    });

  const remove = (name: string, body?: JsonObject, authorization = alice) =>
    call<Answer>({
      method: 'post',
      path: `/environments/${name}/removal`,
      authorization,
      ...(body && { body }),
    });

  const namesOf = async (
    query: ApiRequest['query'] = {},
    authorization = alice,
  ) => {
    const { body } = await call<Page<EnvironmentItem>>({
      path: '/environments',
      query,
      authorization,
    });
    expect(body.totalItems).toBe(body.items.length);
    return body.items.map(({ name }) => name);
  };

  it('are reported by pipelines, as often as they like, until they are removed', async () => {
    const created = await report('payments-pr-42', {}, pipeline);
    expect(created).toEqual({
      status: 201,
      body: {
        id: expect.any(String),
        name: 'payments-pr-42',
        version: 1,
        kind: 'temporary',
        title: 'Copy of production',
        ownerRef: 'group:default/team',
        services: [{ entityRef: PAYMENTS, title: 'payments' }],
        url: 'https://ci.example/42',
        createdAt: expect.any(String),
        expiresAt: '2126-01-01T00:00:00.000Z',
        removedAt: null,
        stage: 'active',
        reportedBy: 'external:test-service',
        exerciseCount: 0,
        improvementCount: 0,
      },
    });
    expect(await report('payments-pr-42')).toEqual({
      status: 200,
      body: created.body,
    });
    const changed = await report('payments-pr-42', {
      title: 'Copy',
      entityRefs: ['Search', PAYMENTS, PAYMENTS],
    });
    expect(changed).toEqual({
      status: 200,
      body: {
        ...created.body,
        version: 2,
        title: 'Copy',
        services: [
          { entityRef: PAYMENTS, title: 'payments' },
          { entityRef: SEARCH, title: 'search' },
        ],
        reportedBy: 'user:default/alice',
      },
    });
    expect(auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'environment-report',
        meta: expect.objectContaining({ name: 'payments-pr-42' }),
      }),
    );

    const removed = await remove('payments-pr-42', undefined, pipeline);
    expect(removed).toEqual({
      status: 200,
      body: {
        ...changed.body,
        version: 3,
        stage: 'removed',
        removedAt: expect.any(String),
        reportedBy: 'external:test-service',
      },
    });
    expect(
      await remove('payments-pr-42', {
        removedAt: toIsoInstant(Date.now() - 1),
      }),
    ).toEqual(removed);
    const again = await report('payments-pr-42');
    expect(again.status).toBe(409);
    expect(again.body.error.message).toBe(
      `The environment payments-pr-42 was removed at ${removed.body.removedAt}, and is kept with what was held in it; report another one by another name`,
    );
  });

  it('are one where two pipelines report the same at once', async () => {
    const answers = await Promise.all([report('a'), report('a'), report('a')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 201]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  });

  it('are flagged from their end on until they are removed', async () => {
    const past = { createdAt: inDays(-9), expiresAt: inDays(-2) };
    await report('late', past);
    await report('gone', past);
    await remove('gone');
    await report('forever', { kind: 'production', expiresAt: null });
    await report('short');
    expect(await namesOf({ stage: 'expired' })).toEqual(['late']);
    expect(await namesOf({ stage: 'removed' })).toEqual(['gone']);
    expect(await namesOf({ stage: 'active' })).toEqual(['short', 'forever']);
    expect(await namesOf({ stage: ['active', 'expired'] })).toHaveLength(3);
    expect(await namesOf({ kind: 'production' })).toEqual(['forever']);
    expect(await namesOf({ owner: 'Group:Default/Team' })).toHaveLength(4);
    expect(await namesOf({ owner: 'group:default/none' })).toEqual([]);
    expect(await namesOf({ q: 'LAT' })).toEqual(['late']);
    expect(await namesOf({ q: '%' })).toEqual([]);
    expect(await namesOf({ entityRef: SEARCH })).toEqual([]);
    await remove('late', { removedAt: inDays(-1) });
    expect(await namesOf({ stage: 'expired' })).toEqual([]);
  });

  it('are listed page by page, newest first, as far as they are visible', async () => {
    for (let n = 0; n < 5; n++) {
      await report(`e${n}`, { entityRefs: n === 3 ? [PAYMENTS, SEARCH] : [] });
    }
    await report('hidden');
    await db('environments').update({ created_at: 7 });
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await call<Page<EnvironmentItem>>({
        path: '/environments',
        query: { limit: 2, ...(cursor && { cursor }) },
        authorization: bob,
      });
      expect(body.totalItems).toBe(5);
      names.push(...body.items.map(({ name }) => name));
      cursor = body.nextCursor;
      for (const { services } of body.items) {
        expect(services.map(({ entityRef }) => entityRef)).not.toContain(
          PAYMENTS,
        );
      }
    } while (cursor);
    expect(names).toEqual(['e4', 'e3', 'e2', 'e1', 'e0']);
    expect(await namesOf({ entityRef: PAYMENTS }, bob)).toEqual([]);
    expect(await namesOf({ entityRef: SEARCH }, bob)).toEqual(['e3']);
  });

  it.each([
    [
      'x',
      { expiresAt: null },
      /^Invalid body property expiresAt: expected when/,
    ],
    [
      'x',
      {
        createdAt: '2026-02-01T00:00:00.000Z',
        expiresAt: '2026-01-01T00:00:00.000Z',
      },
      /^Invalid body property expiresAt: expected an instant after 2026-02-01/,
    ],
    [
      'x',
      { createdAt: '2125-01-01T00:00:00.000Z' },
      /^Invalid body property createdAt: 2125-01-01T00:00:00.000Z is in the future/,
    ],
    ['x', { title: '\u0000' }, /^Invalid body property title: /],
    [
      'x',
      { url: ['javascript', 'alert(1)'].join(':') },
      /^Invalid body property url: /,
    ],
    ['x', { ownerRef: ':' }, /^Invalid body property ownerRef: /],
    ['x', { entityRefs: [':'] }, /^Invalid body property entityRefs: /],
    ['x', { kind: 'cloud' }, /^Invalid body property kind: /],
    ['x', { removedAt: null }, /removedAt/],
    ['-x', {}, /^Invalid name of an environment: expected up to 200 letters/],
    ['a%2Fb', {}, /^Invalid name of an environment: /],
  ])('say what is wrong with %s, %j', async (name, given, message) => {
    const { body, status } = await report(name, given);
    expect(status).toBe(400);
    expect(body.error.message).toMatch(message);
    expect(await namesOf()).toEqual([]);
  });

  it('cannot have been removed before they were created, or in the future', async () => {
    await report('x');
    for (const [removedAt, message] of [
      [inDays(-1), /cannot have been removed before/],
      [inDays(1), /is in the future/],
    ] as const) {
      const { body, status } = await remove('x', { removedAt });
      expect(status).toBe(400);
      expect(body.error.message).toMatch(message);
    }
    expect(await namesOf({ stage: 'active' })).toEqual(['x']);
  });

  it('are where improvements are tried', async () => {
    const serviceId = (
      await db('services').where({ entity_ref: PAYMENTS }).first('id')
    ).id;
    await db('improvements')
      .insert({
        id: 'improvement',
        service_id: serviceId,
        title: 'Retry',
        description: '',
        filed_by: 'user:default/alice',
        submission_key: 'key',
        submission_hash: '',
        created_at: 1,
        source_id: 'none',
        scope_key: '',
        container: '',
        all_of: '[]',
        delivery_state: 'queued',
        next_attempt_at: 9_999_999_999_999,
      })
      .onConflict('id')
      .ignore();
    const { body: environment } = await report('x', { entityRefs: [] });
    const choose = (
      environmentId: string | null,
      authorization = alice,
      id = 'improvement',
    ) =>
      call<ImprovementDetail & { error: { message: string } }>({
        method: 'put',
        path: `/improvements/${id}/environment`,
        authorization,
        body: { environmentId },
      });
    const { id, title } = environment;
    for (let times = 0; times < 2; times++) {
      expect(await choose(id)).toMatchObject({
        status: 200,
        body: { id: 'improvement', environment: { id, title } },
      });
    }
    const counts = async (authorization: string) =>
      (
        await call<Page<EnvironmentItem>>({
          path: '/environments',
          authorization,
        })
      ).body.items.map(({ improvementCount }) => improvementCount);
    expect(await counts(alice)).toEqual([1]);
    expect(await counts(bob)).toEqual([0]);

    expect((await choose('nope')).status).toBe(404);
    expect((await choose(id, alice, 'nope')).status).toBe(404);
    expect((await choose(id, bob)).status).toBe(404);
    policy.become((permission, caller) =>
      permission === FILE ? deny : usual(permission, caller),
    );
    expect((await choose(null)).status).toBe(403);
    policy.become(usual);
    expect((await choose(null)).body.environment).toBeNull();
    expect(auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({ eventId: 'improvement-environment' }),
    );
  });

  it('are not for everybody', async () => {
    await report('x');
    const hidden = await remove('x', undefined, bob);
    expect(hidden.status).toBe(404);
    expect((await remove('y')).status).toBe(404);
    for (const [entityRef, by] of [
      [PAYMENTS, bob],
      ['component:default/nothing', alice],
    ] as const) {
      const { body, status } = await report(
        'z',
        { entityRefs: [entityRef] },
        by,
      );
      expect(status).toBe(404);
      expect(body.error.message).toBe(
        `There is no service ${entityRef}, or you may not see it in the catalog`,
      );
    }
    policy.become((permission, caller) =>
      permission === REPORT ? deny : usual(permission, caller),
    );
    for (const { body, status } of [await report('x'), await remove('x')]) {
      expect(status).toBe(403);
      expect(body.error.message).toContain(`permission ${REPORT}`);
    }
    expect(await namesOf()).toEqual(['x']);
    expect(auditEvent.fail).toHaveBeenCalledTimes(6);
  });
});
