import {
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { SavedView } from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { OWN_MAX, SHARED_MAX } from '../savedViews';
import { fakeCatalog } from '../visibility/__testUtils__/fakeCatalog';
import {
  allow,
  deny,
  FakePolicy,
} from '../visibility/__testUtils__/FakePolicy';
import { ApiRequest, DocumentedApi } from './__testUtils__/DocumentedApi';
import { startPlugin } from './__testUtils__/startPlugin';

const SHARE = 'operational-excellence.view.share';

const alice = mockCredentials.user.header('user:default/alice');
const bob = mockCredentials.user.header('user:default/bob');
const lead = mockCredentials.user.header('user:default/lead');

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

type Answer = SavedView & { error: { message: string } };

describe.each(databases.eachSupportedId())('saved views on %s', databaseId => {
  const auditEvent = { success: jest.fn(), fail: jest.fn() };
  const auditor = mockServices.auditor.mock();
  const policy = new FakePolicy(() => allow);
  let db: Knex;
  let api: DocumentedApi;
  let stop: () => Promise<void>;

  /** Alice and the lead may share views. */
  const usual = (permission: string, caller: string) =>
    permission === SHARE && caller === 'user:default/bob' ? deny : allow;

  beforeAll(async () => {
    auditor.createEvent.mockResolvedValue(auditEvent);
    const { catalog } = fakeCatalog({ entities: [], readableBy: () => [] });
    db = await databases.init(databaseId);
    ({ api, stop } = await startPlugin({
      auditor,
      catalog,
      db,
      policy,
      sources: [],
    }));
  });

  afterAll(() => stop());

  beforeEach(async () => {
    await db('saved_views').delete();
    policy.become(usual);
    auditEvent.success.mockClear();
    auditEvent.fail.mockClear();
    auditor.createEvent.mockClear();
  });

  function call<T = JsonObject>(request: ApiRequest) {
    return api.call<T>({ authorization: alice, ...request });
  }

  const view = (given: JsonObject = {}) => ({
    title: 'Tier 1, worst first',
    search: 'tier=1&sort=state',
    shared: false,
    ...given,
  });

  const add = (given: JsonObject = {}, authorization = alice) =>
    call<Answer>({
      method: 'post',
      path: '/views',
      authorization,
      body: view(given),
    });

  const change = (id: string, given: JsonObject, authorization = alice) =>
    call<Answer>({
      method: 'put',
      path: `/views/${id}`,
      authorization,
      body: view(given),
    });

  const remove = (id: string, authorization = alice) =>
    call<Answer>({ method: 'delete', path: `/views/${id}`, authorization });

  const list = async (authorization = alice) =>
    (await call<{ items: SavedView[] }>({ path: '/views', authorization })).body
      .items;

  const titles = async (authorization = alice) =>
    (await list(authorization)).map(({ title }) => title);

  it('are seen by who saved them, and by nobody else', async () => {
    const { body, status } = await add();
    expect(status).toBe(201);
    expect(body).toMatchObject({
      ...view(),
      createdBy: 'user:default/alice',
      mayChange: true,
    });
    expect(await list()).toEqual([body]);
    expect(await list(lead)).toEqual([]);
    for (const { status: hidden, body: answer } of [
      await change(body.id, {}, lead),
      await remove(body.id, lead),
      await remove('gone'),
    ]) {
      expect([hidden, answer.error.message]).toEqual([
        404,
        expect.stringContaining('There is no saved view'),
      ]);
    }
    expect(auditor.createEvent).not.toHaveBeenCalled();
  });

  it('are listed by title', async () => {
    for (const title of ['Team 10', 'team 9', 'Ärger']) await add({ title });
    expect(await titles()).toEqual(['Ärger', 'team 9', 'Team 10']);
  });

  it('are changed and removed by who saved them', async () => {
    const { id } = (await add()).body;
    const { body, status } = await change(id, {
      title: ' Another\u0007one ',
      search: '',
    });
    expect([status, body]).toEqual([
      200,
      expect.objectContaining({ id, title: 'Another one', search: '' }),
    ]);
    expect(await list()).toEqual([body]);
    expect((await remove(id)).status).toBe(204);
    expect(await list()).toEqual([]);
    expect((await change(id, {})).status).toBe(404);
    expect(auditor.createEvent).not.toHaveBeenCalled();
  });

  it('that are shared are seen by all, and changed by who may share', async () => {
    const { body, status } = await add({ shared: true });
    expect(status).toBe(201);
    expect(await list(bob)).toEqual([{ ...body, mayChange: false }]);
    expect(await list(lead)).toEqual([{ ...body, mayChange: true }]);

    for (const refused of [
      await change(body.id, { shared: true, title: 'Mine' }, bob),
      await remove(body.id, bob),
    ]) {
      expect([refused.status, refused.body.error.message]).toEqual([
        403,
        expect.stringContaining('Only user:default/alice'),
      ]);
    }
    const changed = await change(
      body.id,
      { shared: true, title: 'Ours' },
      lead,
    );
    expect(changed.body).toMatchObject({
      title: 'Ours',
      createdBy: 'user:default/alice',
    });
    expect(await titles(bob)).toEqual(['Ours']);
    expect((await remove(body.id, lead)).status).toBe(204);
    expect(await titles()).toEqual([]);
    expect(
      auditor.createEvent.mock.calls.map(([{ eventId }]) => eventId),
    ).toEqual([
      'view-share',
      'view-change',
      'view-remove',
      'view-change',
      'view-remove',
    ]);
    expect(auditEvent.fail).toHaveBeenCalledTimes(2);
    expect(auditEvent.success).toHaveBeenCalledTimes(3);
  });

  it('are shared by who may only', async () => {
    const refused = await add({ shared: true }, bob);
    expect([refused.status, refused.body.error.message]).toEqual([
      403,
      expect.stringContaining('not share them'),
    ]);
    const { id } = (await add({}, bob)).body;
    expect((await change(id, { shared: true }, bob)).status).toBe(403);
    expect(await list(alice)).toEqual([]);
    expect(auditEvent.fail).toHaveBeenCalledTimes(2);

    // Who shared one before they lost the permission may still change it.
    policy.become(() => allow);
    expect((await change(id, { shared: true }, bob)).status).toBe(200);
    policy.become(usual);
    const ownShared = { shared: true, title: 'Corrected' };
    expect((await change(id, ownShared, bob)).status).toBe(200);
    expect((await change(id, { shared: false }, bob)).status).toBe(200);
    expect((await change(id, { shared: true }, bob)).status).toBe(403);
  });

  it('that are taken back are kept for who saved them', async () => {
    const { id } = (await add({ shared: true }, alice)).body;
    const { body } = await change(id, { shared: false }, lead);
    expect(body.mayChange).toBe(false);
    expect(await titles(lead)).toEqual([]);
    expect(await titles(alice)).toEqual(['Tier 1, worst first']);
  });

  const fill = (rows: number, given: { shared: boolean; created_by: string }) =>
    db.batchInsert(
      'saved_views',
      Array.from({ length: rows }, (_, n) => ({
        id: `${given.created_by.split('/').pop()}-${n}`,
        title: 'One of many',
        search: '',
        created_at: 1,
        ...given,
      })),
      100,
    );

  it('are so many of one person and no more, however many save one at once', async () => {
    await fill(OWN_MAX - 1, {
      shared: false,
      created_by: 'user:default/alice',
    });
    const answers = await Promise.all([add(), add(), add()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(answers.map(({ body }) => body.error?.message)).toContain(
      'You have 100 saved views, as many as are kept; remove one that you do not need first',
    );
    expect((await add({}, bob)).status).toBe(201);
    expect(await list()).toHaveLength(OWN_MAX);
  });

  it('are so many that are shared and no more', async () => {
    await fill(SHARED_MAX, { shared: true, created_by: 'user:default/many' });
    expect((await add({ shared: true })).status).toBe(409);
    const { id } = (await add()).body;
    expect((await change(id, { shared: true })).status).toBe(409);
    expect((await change('many-7', { shared: true })).status).toBe(200);
    await remove('many-7');
    expect((await change(id, { shared: true })).status).toBe(200);
  });

  it.each<[JsonObject, string]>([
    [{ title: '\u0007' }, 'title'],
    [{ search: 'a b' }, 'search'],
    [{ search: 'a#b' }, 'search'],
    [{ search: 'x'.repeat(8001) }, 'search'],
    [{ createdBy: 'user:default/bob' }, 'createdBy'],
  ])('are not saved of nonsense: %#', async (given, message) => {
    const { body, status } = await add(given);
    expect([status, body.error.message]).toEqual([
      400,
      expect.stringContaining(message),
    ]);
    expect(await list()).toEqual([]);
  });

  it('are nothing that services have', async () => {
    const service = mockCredentials.service.header();
    for (const request of [
      { path: '/views' },
      { method: 'post', path: '/views', body: view() },
    ] as const) {
      expect((await call({ ...request, authorization: service })).status).toBe(
        403,
      );
    }
  });

  it('need the permission to see services', async () => {
    policy.become(permission =>
      permission === 'operational-excellence.service.read' ? deny : allow,
    );
    expect((await call({ path: '/views' })).status).toBe(403);
    expect((await add()).status).toBe(403);
    expect(await db('saved_views').pluck('id')).toEqual([]);
  });
});
