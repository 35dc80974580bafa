import { JiraServer } from './JiraServer';

const AUTH = { authorization: 'Bearer pat' };
const BASIC = { authorization: `Basic ${btoa('a@b.example:token')}` };

const open: JiraServer[] = [];

async function start(
  deployment: 'cloud' | 'data-center',
  options: Partial<Parameters<typeof JiraServer.start>[0]> = {},
) {
  const server = await JiraServer.start({
    deployment,
    email: 'a@b.example',
    apiToken: 'token',
    token: 'pat',
    projects: ['PAY', 'OPS'],
    ...options,
  });
  open.push(server);
  const post = async (path: string, body: unknown) => {
    const response = await fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(deployment === 'cloud' ? BASIC : AUTH),
      },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  };
  return { server, post };
}

afterEach(async () => {
  await Promise.all(open.splice(0).map(server => server.close()));
});

describe('JQL', () => {
  it.each([
    ['project = PAY', ['PAY-1', 'PAY-2']],
    ['project in ("PAY", OPS) ORDER BY key DESC', ['PAY-2', 'PAY-1', 'OPS-1']],
    ['labels = ops', ['PAY-1']],
    ['project = PAY AND labels != ops', []],
    ['project = PAY AND NOT labels = ops', ['PAY-2']],
    ['labels is EMPTY AND project = PAY', ['PAY-2']],
    ['component in (Checkout) or key = OPS-1', ['PAY-2', 'OPS-1']],
    [`summary ~ "it's \\"quoted\\""`, ['PAY-1']],
    ['statusCategory = Done', ['OPS-1']],
    ['status not in (Done, "In Progress")', ['PAY-1', 'PAY-2']],
    ['updated >= 1767225600000 AND project = PAY', ['PAY-2']],
    // The account is five hours behind UTC.
    ['updated >= "2025-12-31 19:00"', ['PAY-2', 'OPS-1']],
    ['(project = PAY and labels = ops) OR project = OPS', ['PAY-1', 'OPS-1']],
  ])('%s', async (jql, keys) => {
    const { server, post } = await start('cloud');
    const before = Date.parse('2025-12-01T00:00:00Z');
    const after = Date.parse('2026-01-01T00:00:00Z');
    server.store.create({
      projectKey: 'PAY',
      summary: `it's "quoted"`,
      labels: ['ops'],
      created: before,
    });
    server.store.create({
      projectKey: 'PAY',
      components: ['Checkout'],
      created: after,
    });
    server.store.create({ projectKey: 'OPS', status: 'Done', created: after });
    const ordered = /order by/i.test(jql)
      ? jql
      : `${jql} ORDER BY updated, key DESC`;
    const { body } = await post('/rest/api/3/search/jql', {
      jql: ordered,
      fields: ['summary'],
    });
    expect(body.issues.map(({ key }: { key: string }) => key)).toEqual(keys);
  });

  it.each([
    ['ORDER BY key', 'Unbounded JQL'],
    [
      'project = NOWHERE',
      "The value 'NOWHERE' does not exist for the field 'project'.",
    ],
    ['issuekey in (PAY-99)', "An issue with key 'PAY-99' does not exist"],
    ['project = PAY AND', 'Expecting a field name'],
    ['(project = PAY', "Expecting ')'"],
    ['project = "PAY', 'has not been completed'],
    ['colour = red', "Field 'colour' does not exist"],
    ['updated >= yesterday', "Date value 'yesterday'"],
  ])('refuses %s', async (jql, message) => {
    const { post } = await start('cloud');
    expect(await post('/rest/api/3/search/jql', { jql })).toMatchObject({
      status: 400,
      body: { errorMessages: [expect.stringContaining(message)] },
    });
  });
});

describe.each([
  ['cloud', '3/search/jql'],
  ['data-center', '2/search'],
] as const)('a site of %s with a million issues', (deployment, path) => {
  it('gives any page at once', async () => {
    const until = Date.parse('2026-01-01T00:00:00Z');
    const { server, post } = await start(deployment);
    server.fill({
      projects: Array.from({ length: 300 }, (_, i) => `P${i}X`),
      issues: 1_000_000,
      until,
      stepMs: 1000,
    });
    server.store.transition('P7X-3000', 'Done');
    const ask = async (jql: string, rest = {}) => {
      const { body } = await post(`/rest/api/${path}`, {
        jql: `${jql} ORDER BY updated ASC, key ASC`,
        fields: ['updated'],
        maxResults: 100,
        ...rest,
      });
      return {
        ...body,
        keys: body.issues.map(({ key }: { key: string }) => key),
      };
    };
    const startedAt = performance.now();
    const first = await ask('project in (P7X, P8X)');
    expect(first.keys).toHaveLength(100);
    expect(first.keys.slice(0, 2)).toEqual(['P7X-1', 'P8X-1']);
    expect(first.total).toBe(deployment === 'cloud' ? undefined : 6668);
    const second = await ask('project in (P7X, P8X)', {
      nextPageToken: first.nextPageToken,
      startAt: 100,
    });
    expect(second.keys[0]).toBe('P7X-51');
    const late = await ask(
      `project in (P7X, P8X) AND updated >= ${until - 400_000}`,
    );
    expect(late.keys).toEqual([
      'P7X-3333',
      'P8X-3333',
      'P7X-3334',
      'P8X-3334',
      'P7X-3000',
    ]);
    expect(performance.now() - startedAt).toBeLessThan(3000);
  });
});
