import {
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import {
  DAY_MS,
  Initiative,
  InitiativeSubmission,
  Page,
  Rollup,
  Service,
  ServiceFacets,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
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

const MANAGE = 'operational-excellence.initiative.manage';
const owned = (name: string, team: string, type: string) =>
  component(name, {
    spec: { type, owner: team },
    relations: [{ type: 'ownedBy', targetRef: `group:default/${team}` }],
  });
const ENTITIES = [
  owned('payments', 'team-a', 'service'),
  owned('checkout', 'team-a', 'service'),
  owned('search', 'team-b', 'service'),
  owned('site', 'team-b', 'website'),
  component('team-a', { kind: 'Group' }),
  component('team-b', { kind: 'Group' }),
];
const [PAYMENTS, CHECKOUT, SEARCH, SITE] = ENTITIES.map(entity =>
  stringifyEntityRef(entity),
);

const alice = mockCredentials.user.header('user:default/alice');
const bob = mockCredentials.user.header('user:default/bob');

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

type Answer = Initiative & { error: { message: string } };

const dayIn = (days: number) =>
  toIsoInstant(Date.now() + days * DAY_MS).slice(0, 10);

describe.each(databases.eachSupportedId())('initiatives on %s', databaseId => {
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

  /** When a service held its last game day. */
  const hold = (entityRef: string, at: number | null) =>
    db('service_status')
      .where({ entity_ref: entityRef })
      .update({ game_day_last_held_at: at });

  beforeAll(async () => {
    auditor.createEvent.mockResolvedValue(auditEvent);
    const { catalog } = fakeCatalog({
      entities: ENTITIES,
      readableBy: caller =>
        caller === 'user:default/bob'
          ? [SEARCH]
          : [PAYMENTS, CHECKOUT, SEARCH, SITE],
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
      const { body } = await call<Page<Service>>({ path: '/services' });
      if (body.totalItems !== 4) throw new Error(`${body.totalItems}`);
    });
  });

  afterAll(() => stop());

  beforeEach(async () => {
    await db('initiatives').delete();
    await hold(PAYMENTS, null);
    policy.become(usual);
    auditEvent.success.mockClear();
    auditEvent.fail.mockClear();
    auditor.createEvent.mockClear();
  });

  function call<T = JsonObject>(request: ApiRequest) {
    return api.call<T>({ authorization: alice, ...request });
  }

  const submission = (given: Partial<InitiativeSubmission> = {}) => ({
    key: randomUUID(),
    title: 'A game day for each service',
    description: null,
    filter: { type: ['service'] },
    goal: { kind: 'done-since', measure: 'gameDay', since: dayIn(-30) },
    dueOn: dayIn(30),
    ...given,
  });

  const create = (
    given: Partial<InitiativeSubmission> = {},
    authorization = alice,
  ) =>
    call<Answer>({
      method: 'post',
      path: '/initiatives',
      authorization,
      body: submission(given) as JsonObject,
    });

  const change = (id: string, body: JsonObject, authorization = alice) =>
    call<Answer>({
      method: 'patch',
      path: `/initiatives/${id}`,
      authorization,
      body,
    });

  const close = (id: string, body: JsonObject, authorization = alice) =>
    call<Answer>({
      method: 'post',
      path: `/initiatives/${id}/close`,
      authorization,
      body,
    });

  const get = async (id: string, authorization = alice) =>
    (await call<Answer>({ path: `/initiatives/${id}`, authorization })).body;

  const list = async (
    query: Record<string, string | number | string[]> = {},
    authorization = alice,
  ) =>
    (
      await call<Page<Initiative>>({
        path: '/initiatives',
        query,
        authorization,
      })
    ).body;

  const services = async (
    query: Record<string, string | string[]>,
    authorization = alice,
  ) => {
    const { body, status } = await call<Page<Service>>({
      path: '/services',
      query: { sort: 'title', ...query },
      authorization,
    });
    if (status !== 200) throw new Error(JSON.stringify(body));
    expect(body.totalItems).toBe(body.items.length);
    return body.items.map(({ entityRef }) => entityRef);
  };

  it('are created, and count how far they have come', async () => {
    await hold(PAYMENTS, Date.now());
    const { body, status } = await create({ description: 'See *why*\u0007' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      version: 1,
      title: 'A game day for each service',
      description: 'See *why*',
      filter: { type: ['service'] },
      state: 'running',
      progress: { services: 3, reached: 1, waived: 0, unknown: 0 },
      createdBy: 'user:default/alice',
      closedBy: null,
      closedAt: null,
      closingNote: null,
    });
    expect(await get(body.id)).toEqual(body);
    expect((await list()).items).toEqual([body]);
    expect(auditor.createEvent.mock.lastCall).toMatchObject([
      { eventId: 'initiative-create', severityLevel: 'medium' },
    ]);
    expect(auditEvent.success.mock.lastCall).toEqual([
      { meta: { id: body.id, isNew: true } },
    ]);
  });

  it('count what the caller sees, and open the lists of what they count', async () => {
    await hold(PAYMENTS, Date.now());
    const { body } = await create();
    const initiative = body.id;
    expect(await services({ initiative })).toEqual([
      CHECKOUT,
      PAYMENTS,
      SEARCH,
    ]);
    expect(await services({ initiative, reached: 'true' })).toEqual([PAYMENTS]);
    expect(await services({ initiative, reached: 'false' })).toEqual([
      CHECKOUT,
      SEARCH,
    ]);
    expect(await services({ initiative, reached: 'left' })).toEqual([
      CHECKOUT,
      SEARCH,
    ]);
    expect(await services({ initiative, reached: 'unknown' })).toEqual([]);
    expect(
      await services({
        initiative,
        reached: 'false',
        owner: 'group:default/team-b',
      }),
    ).toEqual([SEARCH]);

    const owners = await call<Page<Rollup>>({
      path: '/rollups',
      query: { by: 'owner', initiative, reached: 'false', sort: 'title' },
    });
    expect(
      owners.body.items.map(({ key, ...each }) => [key, each.services]),
    ).toEqual([
      ['group:default/team-a', 1],
      ['group:default/team-b', 1],
    ]);

    expect((await get(initiative, bob)).progress).toEqual({
      services: 1,
      reached: 0,
      waived: 0,
      unknown: 0,
    });
    expect(await services({ initiative }, bob)).toEqual([SEARCH]);
    const facets = await call<ServiceFacets>({
      path: '/services/facets',
      query: { initiative, reached: 'false' },
    });
    expect(facets.body.owner.map(({ count, value }) => [value, count])).toEqual(
      [
        ['group:default/team-a', 1],
        ['group:default/team-b', 1],
      ],
    );
  });

  it('of no services are no mistake', async () => {
    const { body } = await create({ filter: { tier: ['none has it'] } });
    expect(body.progress).toEqual({
      services: 0,
      reached: 0,
      waived: 0,
      unknown: 0,
    });
  });

  it('are for all services without a filter', async () => {
    const { body } = await create({ filter: { owner: [], q: '' } });
    expect(body.filter).toEqual({});
    expect(body.progress.services).toBe(4);
    expect(await services({ initiative: body.id })).toHaveLength(4);
  });

  it.each([
    [{ initiative: 'gone' }, 'there is no initiative gone'],
    [{ initiative: 'a\u0000' }, 'there is no initiative'],
    [{ reached: 'true' }, 'needs the parameter initiative'],
    [{ initiative: 'gone', reached: 'maybe' }, 'expected one of'],
  ])('that are not there are no filter: %j', async (query, message) => {
    for (const request of [
      { path: '/services', query },
      { path: '/services/facets', query },
      { path: '/services.csv', query },
      { path: '/rollups', query: { ...query, by: 'owner' } },
    ]) {
      const { body, status } = await call<Answer>(request);
      expect([status, body.error.message]).toEqual([
        400,
        expect.stringContaining(message),
      ]);
    }
  });

  it('are one for one key', async () => {
    const same = submission() as Partial<InitiativeSubmission>;
    const answers = await Promise.all([create(same), create(same)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 201]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    const other = await create({ ...same, title: 'Another' });
    expect(other.status).toBe(409);
    expect((await create(same, bob)).status).toBe(201);
    expect((await list()).totalItems).toBe(2);
  });

  it.each<[Partial<InitiativeSubmission> | JsonObject, string]>([
    [{ title: '\u0007' }, 'title'],
    [{ dueOn: dayIn(-1) }, 'is over'],
    [{ dueOn: '2026-02-30' }, 'dueOn'],
    [
      {
        goal: { kind: 'done-since', measure: 'gameDay', since: dayIn(31) },
      },
      'comes after dueOn',
    ],
    [
      { goal: { kind: 'done-since', measure: 'backlog', since: '2026-01-01' } },
      'goal.measure',
    ],
    [{ filter: { state: ['ok'] } }, 'filter'],
    [{ filter: { owner: [''] } }, 'filter.owner'],
  ])('are not created of nonsense: %j', async (given, message) => {
    const { body, status } = await create(given as InitiativeSubmission);
    expect([status, body.error.message]).toEqual([
      400,
      expect.stringContaining(message),
    ]);
    expect((await list()).totalItems).toBe(0);
  });

  it('may be due today', async () => {
    expect((await create({ dueOn: dayIn(0) })).body.state).toBe('running');
  });

  it('are changed, by who knows how they are', async () => {
    const { id } = (await create()).body;
    const changed = await change(id, {
      version: 1,
      title: 'Another title',
      filter: { owner: ['group:default/team-a'] },
    });
    expect(changed.body).toMatchObject({
      version: 2,
      title: 'Another title',
      goal: { kind: 'done-since' },
      progress: { services: 2 },
    });
    const late = await change(id, { version: 1, title: 'Lost' });
    expect([late.status, late.body.error.message]).toEqual([
      409,
      expect.stringContaining('changed in between, by user:default/alice'),
    ]);
    expect((await change(id, { version: 2, dueOn: dayIn(-1) })).status).toBe(
      400,
    );
    expect(await get(id)).toEqual(changed.body);
    expect(auditor.createEvent.mock.calls[1]).toMatchObject([
      {
        eventId: 'initiative-change',
        meta: { id, changed: ['filter', 'title', 'version'] },
      },
    ]);
    expect(auditEvent.fail).toHaveBeenCalledTimes(2);
  });

  it('let only one of two change them at once', async () => {
    const { id } = (await create()).body;
    const answers = await Promise.all(
      ['a', 'b', 'c'].map(title => change(id, { version: 1, title })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  });

  it('may stay as they are beyond their last day', async () => {
    const { id } = (await create()).body;
    await db('initiatives').update({ due_on: dayIn(-2), ends_at: 1 });
    expect((await get(id)).state).toBe('overdue');
    const { body, status } = await change(id, { version: 1, title: 'Late' });
    expect([status, body.state]).toEqual([200, 'overdue']);
  });

  it('keep their result once they are closed, whatever comes after', async () => {
    await hold(PAYMENTS, Date.now());
    const { id } = (await create()).body;
    const { body, status } = await close(id, { version: 1, note: 'Enough' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      version: 2,
      state: 'closed',
      progress: { services: 3, reached: 1, waived: 0, unknown: 0 },
      closedBy: 'user:default/alice',
      closingNote: 'Enough',
    });
    expect(auditEvent.success.mock.lastCall).toEqual([
      { meta: { progress: body.progress } },
    ]);

    await hold(PAYMENTS, null);
    await hold(SEARCH, Date.now());
    expect(await get(id)).toEqual(body);
    expect(await services({ initiative: id, reached: 'true' })).toEqual([
      PAYMENTS,
    ]);
    expect(await services({ initiative: id, reached: 'false' }, bob)).toEqual([
      SEARCH,
    ]);
    expect((await get(id, bob)).progress).toEqual({
      services: 1,
      reached: 0,
      waived: 0,
      unknown: 0,
    });
    await hold(SEARCH, null);

    for (const again of [
      await close(id, { version: 2 }),
      await change(id, { version: 2, title: 'Not any more' }),
    ]) {
      expect([again.status, again.body.error.message]).toEqual([
        409,
        expect.stringContaining('was closed by user:default/alice'),
      ]);
    }
  });

  it('are not closed by who does not know how they are', async () => {
    const { id } = (await create()).body;
    await change(id, { version: 1, title: 'Another' });
    expect((await close(id, { version: 1 })).status).toBe(409);
    expect((await get(id)).state).toBe('running');
  });

  it('that are not there cannot be read, changed or closed', async () => {
    for (const { body, status } of [
      await call<Answer>({ path: '/initiatives/gone' }),
      await change('gone', { version: 1 }),
      await close('gone', { version: 1 }),
    ]) {
      expect([status, body.error.message]).toEqual([
        404,
        'There is no initiative gone',
      ]);
    }
  });

  it('need a permission to be managed, and are read without', async () => {
    const { id } = (await create()).body;
    policy.become((permission, caller) =>
      permission === MANAGE && caller === 'user:default/bob'
        ? deny
        : usual(permission, caller),
    );
    expect((await create({}, bob)).status).toBe(403);
    expect((await change(id, { version: 1 }, bob)).status).toBe(403);
    expect((await close(id, { version: 1 }, bob)).status).toBe(403);
    expect((await list({}, bob)).totalItems).toBe(1);

    policy.become((permission, caller) =>
      permission === 'operational-excellence.service.read'
        ? deny
        : usual(permission, caller),
    );
    expect((await create()).status).toBe(403);
    expect((await call({ path: `/initiatives/${id}` })).status).toBe(403);
    expect(await db('initiatives').pluck('id')).toEqual([id]);
  });

  it('are listed by state and page by page, what ends first at the front', async () => {
    const ids: Record<string, string> = {};
    for (const [title, days] of [
      ['later', 40],
      ['late', 2],
      ['soon', 5],
      ['done', 1],
      ['done before', 1],
    ] as const) {
      const { body } = await create({ title, dueOn: dayIn(days) });
      ids[title] = body.id;
    }
    await db('initiatives')
      .where({ id: ids.late })
      .update({ due_on: dayIn(-2), ends_at: 1 });
    await close(ids['done before'], { version: 1 });
    await db('initiatives')
      .where({ id: ids['done before'] })
      .update({ closed_at: Date.now() - DAY_MS });
    await close(ids.done, { version: 1 });

    const titles: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ limit: 2, ...(cursor && { cursor }) });
      expect(page.totalItems).toBe(5);
      titles.push(...page.items.map(({ title }) => title));
      cursor = page.nextCursor;
    } while (cursor);
    expect(titles).toEqual(['late', 'soon', 'later', 'done', 'done before']);

    const titlesOf = async (...state: string[]) =>
      (await list({ state })).items.map(({ title }) => title);
    expect(await titlesOf('running')).toEqual(['soon', 'later']);
    expect(await titlesOf('overdue', 'closed')).toEqual([
      'late',
      'done',
      'done before',
    ]);
  });
});
