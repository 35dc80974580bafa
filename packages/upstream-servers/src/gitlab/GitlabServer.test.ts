import { GitlabServer } from './GitlabServer';

const START = Date.UTC(2026, 0, 1);

describe('GitlabServer', () => {
  let server: GitlabServer;
  beforeEach(async () => {
    server = await GitlabServer.start({ offset: '+02:00' });
    server.addToken('t-1', { username: 'root' });
  });
  afterEach(() => server.close());

  async function ask(path: string, init: RequestInit = {}, from = server) {
    const response = await fetch(`${from.apiBaseUrl}${path}`, {
      redirect: 'manual',
      ...init,
      headers: { 'private-token': 't-1', ...init.headers },
    });
    return {
      status: response.status,
      headers: response.headers,
      body: await response.json(),
    };
  }
  const post = (path: string, body: object) =>
    ask(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const iids = (answer: { body: { iid: number }[] }) =>
    answer.body.map(({ iid }) => iid);

  it('knows its callers by either header', async () => {
    expect((await ask('/user')).body.username).toBe('root');
    const refused = await ask('/user', { headers: { 'private-token': 'x' } });
    expect(refused).toMatchObject({
      status: 401,
      body: { message: '401 Unauthorized' },
    });
    const response = await fetch(`${server.apiBaseUrl}/user`, {
      headers: { authorization: 'Bearer t-1' },
    });
    expect(response.status).toBe(200);
  });

  it('turns pages by number, twenty at a time, the newest first', async () => {
    server.addProject('a/b', {
      bulk: { count: 45, from: START, everyMs: 1000 },
    });
    const first = await ask('/projects/a%2Fb/issues');
    expect(iids(first)[0]).toBe(45);
    expect(first.body).toHaveLength(20);
    expect(Object.fromEntries(first.headers)).toMatchObject({
      'x-next-page': '2',
      'x-page': '1',
      'x-per-page': '20',
      'x-prev-page': '',
      'x-total': '45',
      'x-total-pages': '3',
    });
    expect(first.headers.get('link')).toContain('page=2');
    const last = await ask('/projects/a%2Fb/issues?page=3&per_page=20');
    expect(iids(last)).toEqual([5, 4, 3, 2, 1]);
    expect(last.headers.get('x-next-page')).toBe('');
  });

  it('puts no more than a hundred on a page, and counts to ten thousand', async () => {
    server.addProject('a/b', {
      bulk: { count: 10_001, from: START, everyMs: 1000 },
    });
    const { body, headers } = await ask('/projects/a%2Fb/issues?per_page=500');
    expect(body).toHaveLength(100);
    expect(headers.has('x-total')).toBe(false);
    expect(headers.get('link')).not.toContain('rel="last"');
  });

  it('turns pages by key, for projects only', async () => {
    server.addProject('a/b', { bulk: { count: 5, from: START, everyMs: 0 } });
    const query =
      'issues?order_by=updated_at&sort=asc&per_page=2&pagination=keyset';
    const seen: number[] = [];
    let path: string | undefined = `/projects/a%2Fb/${query}`;
    while (path) {
      const page: Awaited<ReturnType<typeof ask>> = await ask(path);
      seen.push(...iids(page));
      expect(page.headers.has('x-next-page')).toBe(false);
      const link = /<([^>]+)>; rel="next"/.exec(page.headers.get('link') ?? '');
      path = link?.[1].slice(server.apiBaseUrl.length);
    }
    expect(seen).toEqual([1, 2, 3, 4, 5]);
    const group = await ask(`/groups/a/${query}`);
    expect(group.headers.get('x-next-page')).toBe('2');
  });

  it('filters, and writes instants in its time zone', async () => {
    server.addProject('a/b');
    for (const [title, labels] of [
      ['One', ['x']],
      ['Two', ['x', 'y']],
      ['Three', []],
    ] as const) {
      server.createIssue('a/b', {
        title,
        labels,
        description: `It is ${title}`,
      });
    }
    server.closeIssue('a/b', 1, START);
    const list = async (query: string) =>
      iids(await ask(`/projects/a%2Fb/issues?${query}`)).sort();
    expect(await list('labels=x,y')).toEqual([2]);
    expect(await list('state=closed')).toEqual([1]);
    expect(await list('iids[]=1&iids[]=3&iids[]=9')).toEqual([1, 3]);
    expect(await list('search=is%20two&in=description')).toEqual([2]);
    expect(await list('search=is%20two&in=title')).toEqual([]);
    expect(await list('scope=created_by_me')).toEqual([]);
    expect(await list('updated_after=2026-01-01T00:00:00Z')).toEqual([1, 2, 3]);
    expect(await list('updated_after=2026-01-01T00:00:00.001Z')).toEqual([
      2, 3,
    ]);
    const { body } = await ask('/projects/a%2Fb/issues/1');
    expect(body).toMatchObject({
      state: 'closed',
      closed_at: '2026-01-01T02:00:00.000+02:00',
      references: { full: 'a/b#1' },
    });
    expect(await ask('/projects/a%2Fb/issues?order_by=nonsense')).toMatchObject(
      { status: 400, body: { error: 'order_by does not have a valid value' } },
    );
  });

  it('lists nothing where issues are off, and hides what is not for the caller', async () => {
    server.addProject('a/b', { members: {} });
    server.addProject('a/c');
    server.createIssue('a/c', { title: 'One' });
    server.changeProject('a/c', { issues: 'disabled' });
    expect(await ask('/projects/a%2Fb/issues')).toMatchObject({
      status: 404,
      body: { message: '404 Project Not Found' },
    });
    expect(await ask('/projects/a%2Fc/issues')).toMatchObject({
      status: 200,
      body: [],
    });
    expect((await ask('/projects/a%2Fc')).body.issues_enabled).toBe(false);
  });

  it('leads from an old path to the project, for reading', async () => {
    const { id } = server.addProject('a/b');
    server.renameProject('a/b', 'a/c');
    const moved = await ask('/projects/a%2Fb/issues?state=all');
    expect(moved.status).toBe(302);
    expect(moved.headers.get('location')).toBe(
      `${server.apiBaseUrl}/projects/${id}/issues?state=all`,
    );
    expect((await post('/projects/a%2Fb/issues', { title: 'x' })).status).toBe(
      405,
    );
  });

  it('creates issues, and does what their descriptions command', async () => {
    server.addProject('a/b');
    const created = await post('/projects/a%2Fb/issues', {
      title: 'One',
      description: 'Text\n/close\n```\n/close\n```',
      labels: 'x, y',
    });
    expect(created).toMatchObject({
      status: 201,
      body: {
        iid: 1,
        state: 'closed',
        labels: ['x', 'y'],
        description: 'Text\n```\n/close\n```',
        author: { username: 'root' },
      },
    });
    expect(server.quickActions).toEqual([{ name: 'close', argument: '' }]);
    expect(await post('/projects/a%2Fb/issues', {})).toMatchObject({
      status: 400,
      body: { error: 'title is missing' },
    });
    server.addToken('t-1', { scopes: ['read_api'] });
    expect(await post('/projects/a%2Fb/issues', { title: 'x' })).toMatchObject({
      status: 403,
      body: { error: 'insufficient_scope' },
    });
  });

  it('has a page of a million issues at once', async () => {
    for (let n = 0; n < 10; n++) {
      server.addProject(`a/p${n}`, {
        bulk: {
          count: 100_000,
          from: START,
          everyMs: 1000,
          labels: { every: 2, names: ['improvement'] },
          closedEvery: 3,
        },
      });
    }
    const at = new Date(START + 99_950_000).toISOString();
    const { body } = await ask(
      `/projects/a%2Fp9/issues?order_by=updated_at&sort=asc&per_page=100&updated_after=${at}`,
    );
    expect(body).toHaveLength(50);
    expect(body[0]).toMatchObject({
      iid: 99_951,
      labels: ['improvement'],
      state: 'opened',
    });
    server.closeIssue('a/p9', 1);
    const again = await ask(
      `/projects/a%2Fp9/issues?order_by=updated_at&sort=desc&per_page=1&updated_after=${at}`,
    );
    expect(again.body).toMatchObject([{ iid: 1, state: 'closed' }]);
  });

  it('grants no more requests than it says', async () => {
    const limited = await GitlabServer.start({
      rateLimit: { limit: 1, windowMs: 60_000 },
    });
    limited.addToken('t-1');
    expect(
      (await ask('/user', {}, limited)).headers.get('ratelimit-remaining'),
    ).toBe('0');
    const response = await fetch(`${limited.apiBaseUrl}/user`);
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(50);
    expect(await response.text()).toBe('Retry later\n');
    await limited.close();
  });
});
