import { FileTicketRequest } from 'backstage-plugin-operational-excellence-node';
import { JiraServer } from 'upstream-servers';
import { createSource, never, startJira } from './__testUtils__';

const KEY = '0b0f4c63-5f0a-4d0c-9a6e-3f5d1c2b7a90';

const REQUEST: FileTicketRequest = {
  scopeKey: 'projects-0',
  container: 'PAY',
  entityRef: 'component:default/payments',
  title: 'Rehearse the failover',
  description: '# Why\n\n- so that it *works*\n',
  labels: [],
  priority: null,
};

const open: JiraServer[] = [];

async function start(...args: Parameters<typeof startJira>) {
  const { server, entry } = await startJira(...args);
  open.push(server);
  return { server, entry };
}

afterEach(async () => {
  await Promise.all(open.splice(0).map(server => server.close()));
});

function file(
  source: ReturnType<typeof createSource>,
  request: Partial<FileTicketRequest> = {},
) {
  return source.file(
    { ...REQUEST, ...request },
    { idempotencyKey: KEY, signal: never },
  );
}

describe.each(['cloud', 'data-center'] as const)('filing on %s', deployment => {
  it('sets what is configured, and what makes it the service’s', async () => {
    const { server, entry } = await start(deployment, {
      projects: [],
      createFields: [{ id: 'customfield_10042', name: 'Team', required: true }],
    });
    server.store.addProject('PAY', 'Payments', ['Web', 'Checkout']);
    const source = createSource({
      ...entry,
      improvement: { labels: ['tech debt'] },
      file: {
        issueType: 'Story',
        fields: { customfield_10042: { value: 'Platform' } },
        priorities: { high: 'Highest' },
      },
    });
    const filed = await file(source, {
      title: `${'A very long title '.repeat(30)}\nwith a second line`,
      labels: ['from portal'],
      priority: 'High',
      allOf: ['component:checkout', 'label:ops'],
    });
    const issue = server.store.find(filed.key)!;
    expect(filed).toEqual({
      externalId: String(issue.id),
      key: 'PAY-1',
      url: `${server.url}/browse/PAY-1`,
    });
    expect(issue).toMatchObject({
      issueType: 'Story',
      priority: 'Highest',
      components: ['Checkout'],
      custom: { customfield_10042: { value: 'Platform' } },
    });
    expect(issue.labels).toEqual([
      'from-portal',
      'ops',
      'tech-debt',
      expect.stringMatching(/^backstage-[0-9a-f]{32}$/),
    ]);
    expect(issue.summary).toHaveLength(254);
    expect(JSON.stringify(issue.description)).toContain(
      deployment === 'cloud' ? '"heading"' : 'h1. Why',
    );
    expect(JSON.stringify(issue)).not.toContain(KEY);
  });

  it('says which field is missing, and where to set it', async () => {
    const { server, entry } = await start(deployment, {
      createFields: [
        { id: 'customfield_10042', name: 'Team', required: true },
        { id: 'customfield_10043', name: 'Cost centre', required: true },
      ],
    });
    await expect(file(createSource(entry))).rejects.toMatchObject({
      kind: 'rejected',
      mayHaveHappened: false,
      detail:
        'customfield_10042: Team is required.; customfield_10043: Cost centre is required. Jira asks for customfield_10042, customfield_10043: set a value for it in operationalExcellence.sources.jira[0].file.fields.customfield_10042, operationalExcellence.sources.jira[0].file.fields.customfield_10043',
    });
    expect(server.store.find('PAY-1')).toBeUndefined();
  });

  it.each([
    [{ file: { issueType: 'Epic' } }, {}, 'file.issueType to one'],
    [{}, { priority: 'Urgent' }, 'file.priorities'],
  ])('says what to configure for %j', async (source, request, expected) => {
    const { entry } = await start(deployment);
    await expect(
      file(createSource({ ...entry, ...source }), request),
    ).rejects.toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining(expected),
    });
  });

  it('refuses a component that the project does not have', async () => {
    const { entry } = await start(deployment);
    await expect(
      file(createSource(entry), { allOf: ['component:checkout'] }),
    ).rejects.toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining("has no component 'checkout'"),
    });
  });

  it('takes the first of several issues with the marker, as copies have it, too', async () => {
    const { server, entry } = await start(deployment);
    const source = createSource(entry);
    const filed = await file(source);
    const { labels } = server.store.find(filed.key)!;
    server.store.create({
      projectKey: 'PAY',
      labels,
      created: Date.now() + 1000,
    });
    const scope = { key: 'projects-0', containers: ['PAY'] };
    expect(await source.findFiled(KEY, scope, { signal: never })).toEqual(
      filed,
    );
  });

  it('needs a project for services with a query of their own', async () => {
    const { entry } = await start(deployment);
    const scopeKey = 'query:0123456789abcdef';
    await expect(
      file(createSource(entry), { scopeKey, container: 'a = 1' }),
    ).rejects.toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining('jira[0].file.project'),
    });
    const source = createSource({ ...entry, file: { project: 'PAY' } });
    const filed = await file(source, { scopeKey, container: 'a = 1' });
    expect(filed.externalId).toMatch(/^\d+@0123456789abcdef$/);
    expect(
      await source.findFiled(
        KEY,
        { key: scopeKey, containers: ['a = 1'] },
        { signal: never },
      ),
    ).toEqual(filed);
  });
});

it('finds an issue on Cloud that the index does not have yet', async () => {
  const { server, entry } = await start('cloud', { projects: ['PAY', 'OPS'] });
  for (let i = 0; i < 3; i += 1) server.store.create({ projectKey: 'OPS' });
  const source = createSource(entry);
  server.store.lagBy(3_600_000);
  server.store.create({ projectKey: 'OPS' });
  const filed = await file(source, { container: 'OPS' });
  expect(filed.key).toBe('OPS-5');
  const scope = { key: 'projects-0', containers: ['PAY', 'OPS'] };
  expect(await source.findFiled(KEY, scope, { signal: never })).toEqual(filed);
  expect(
    await source.findFiled('another-key', scope, { signal: never }),
  ).toBeUndefined();
});
