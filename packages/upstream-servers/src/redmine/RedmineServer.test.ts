import { RedmineServer, RedmineServerOptions } from './RedmineServer';

const KEY = 'key-of-backstage';
const DAY = Date.UTC(2026, 0, 2, 3, 4, 5);

describe('RedmineServer', () => {
  let now: number;
  let server: RedmineServer;

  async function start(options: RedmineServerOptions = {}) {
    now = DAY;
    server = await RedmineServer.start({ now: () => now, ...options });
    server.store.addProject({ identifier: 'payments' });
    server.store.addProject({ identifier: 'payments-ui', parentId: 1 });
    server.store.addUser({ login: 'backstage', apiKey: KEY });
  }
  beforeEach(() => start());
  afterEach(() => server.close());

  async function ask(
    path: string,
    options: { key?: string; body?: unknown } = {},
  ) {
    const { key = KEY, body } = options;
    const response = await fetch(`${server.url}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { 'x-redmine-api-key': key, 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    return {
      status: response.status,
      location: response.headers.get('location'),
      json: text ? JSON.parse(text) : undefined,
    };
  }
  const idsOf = async (query: string) => {
    const { json } = await ask(`/issues.json?${query}`);
    return json.issues.map(({ id }: { id: number }) => id);
  };

  it('gives open issues, 25 to a page, the newest first', async () => {
    for (let id = 1; id <= 130; id++) {
      server.store.addIssue({ project: 'payments', subject: `Issue ${id}` });
    }
    server.store.closeIssue(130);
    const { json } = await ask('/issues.json');
    expect(json).toMatchObject({ total_count: 129, offset: 0, limit: 25 });
    expect(json.issues[0].id).toBe(129);
    const all = await ask('/issues.json?status_id=*&limit=500&offset=100');
    expect(all.json).toMatchObject({
      total_count: 130,
      offset: 100,
      limit: 100,
    });
    expect(all.json.issues).toHaveLength(30);
    expect(await idsOf('status_id=closed')).toEqual([130]);
  });

  it('writes an issue as Redmine does', async () => {
    server.store.addCustomField({ name: 'Service' });
    server.store.addIssue({
      project: 'payments',
      subject: 'Rotate the keys',
      customFields: { 1: 'component:default/payments' },
    });
    now += 61_500;
    server.store.closeIssue(1);
    now += 1000;
    server.store.reopenIssue(1);
    const { json } = await ask('/issues/1.json?include=journals');
    expect(json.issue).toMatchObject({
      id: 1,
      project: { id: 1, name: 'payments' },
      status: { id: 1, name: 'New', is_closed: false },
      custom_fields: [
        { id: 1, name: 'Service', value: 'component:default/payments' },
      ],
      created_on: '2026-01-02T03:04:05Z',
      closed_on: '2026-01-02T03:05:06Z',
      updated_on: '2026-01-02T03:05:07Z',
    });
    expect(json.issue.journals).toHaveLength(2);
    const list = await ask('/issues.json?include=journals');
    expect(list.json.issues[0].journals).toBeUndefined();
  });

  it('includes the second before a least instant', async () => {
    for (const ms of [-1000, -999, 0, 1]) {
      now = DAY + ms;
      server.store.addIssue({ project: 'payments', subject: 'Issue' });
    }
    const since = encodeURIComponent('>=2026-01-02T03:04:05Z');
    expect(
      await idsOf(`updated_on=${since}&sort=updated_on:asc,id:asc`),
    ).toEqual([2, 3, 4]);
    expect(await idsOf(`created_on=${since}&sort=id:asc`)).toEqual([2, 3, 4]);
    const between = encodeURIComponent(
      '><2026-01-02T03:04:05Z|2026-01-02T03:04:05Z',
    );
    expect(await idsOf(`updated_on=${between}&sort=id:asc`)).toEqual([2, 3]);
    const wrong = await ask('/issues.json?updated_on=%3E%3Dyesterday');
    expect(wrong.status).toBe(422);
    expect(wrong.json).toEqual({ errors: [expect.any(String)] });
  });

  it('filters by ids, projects, trackers, fields and texts', async () => {
    server.store.addCustomField({ name: 'Service' });
    const add = (project: string, more: object = {}) =>
      server.store.addIssue({ project, subject: 'Issue', ...more });
    add('payments');
    add('payments-ui', { trackerId: 4 });
    add('payments', { customFields: { 1: 'component:default/a' } });
    add('payments', { description: 'Some key-4711 here' });
    const sorted = (query: string) => idsOf(`${query}&sort=id:asc`);
    expect(await sorted('issue_id=1,3')).toEqual([1, 3]);
    expect(await sorted('issue_id=%3E%3D3')).toEqual([3, 4]);
    expect(await sorted('project_id=payments')).toEqual([1, 2, 3, 4]);
    expect(await sorted('project_id=1&subproject_id=!*')).toEqual([1, 3, 4]);
    expect(await sorted('tracker_id=4')).toEqual([2]);
    expect(await sorted('cf_1=component:default/a')).toEqual([3]);
    expect(await sorted('description=~KEY-4711')).toEqual([4]);
    expect(await sorted('author_id=me')).toEqual([1, 2, 3, 4]);
    expect((await ask('/issues.json?project_id=nope')).status).toBe(404);
  });

  it('takes a wrong key for an anonymous visitor', async () => {
    server.store.addIssue({ project: 'payments', subject: 'Issue' });
    const wrong = { key: 'wrong' };
    expect((await ask('/users/current.json', wrong)).status).toBe(401);
    const list = await ask('/issues.json', wrong);
    expect([list.status, list.json.issues]).toEqual([200, []]);
    server.store.changeProject('payments', { isPublic: true });
    expect((await ask('/issues.json', wrong)).json.total_count).toBe(1);

    server.restEnabled = false;
    expect((await ask('/users/current.json')).status).toBe(403);
    expect((await ask('/issues.json')).status).toBe(200);
  });

  it('refuses visitors where they have to sign in', async () => {
    await server.close();
    await start({ anonymousAccess: false });
    expect((await ask('/issues.json', { key: 'wrong' })).status).toBe(401);
    expect((await ask('/issues.json')).status).toBe(200);
  });

  it('creates issues, and says what is wrong with them', async () => {
    const create = (issue: object, key?: string) =>
      ask('/issues.json', { body: { issue }, key });
    const created = await create({ project_id: 'payments', subject: 'New' });
    expect(created).toMatchObject({
      status: 201,
      location: `${server.url}/issues/1`,
      json: { issue: { id: 1, subject: 'New' } },
    });
    expect((await create({ project_id: 'nope', subject: 'New' })).status).toBe(
      404,
    );
    expect(
      (await create({ project_id: 'payments', subject: 'New' }, 'wrong'))
        .status,
    ).toBe(401);
    server.store.addCustomField({ name: 'Team', required: true });
    expect(
      await create({ project_id: 'payments', subject: 'x'.repeat(256) }),
    ).toMatchObject({
      status: 422,
      json: {
        errors: [
          'Subject is too long (maximum is 255 characters)',
          'Team cannot be blank',
        ],
      },
    });
    server.store.users[0].mayAddIssues = false;
    expect(
      (await create({ project_id: 'payments', subject: 'New' })).status,
    ).toBe(403);
  });

  it('shows private issues only to those who may see them', async () => {
    server.store.addUser({
      login: 'guest',
      apiKey: 'guest',
      seesPrivateIssues: false,
    });
    server.store.addIssue({
      project: 'payments',
      subject: 'Secret',
      isPrivate: true,
    });
    expect((await ask('/issues.json')).json.total_count).toBe(1);
    expect((await ask('/issues.json', { key: 'guest' })).json.total_count).toBe(
      0,
    );
    expect((await ask('/issues/1.json', { key: 'guest' })).status).toBe(403);
    server.store.deleteIssue(1);
    expect((await ask('/issues/1.json')).status).toBe(404);
  });

  it('keeps the list of custom fields for administrators', async () => {
    expect((await ask('/custom_fields.json')).status).toBe(403);
    server.store.users[0].admin = true;
    expect((await ask('/custom_fields.json')).status).toBe(200);
  });
});
