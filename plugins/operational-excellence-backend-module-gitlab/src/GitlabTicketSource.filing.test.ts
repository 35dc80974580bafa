import { mockServices } from '@backstage/backend-test-utils';
import { FileTicketRequest } from 'backstage-plugin-operational-excellence-node';
import { GitlabServer } from 'upstream-servers';
import {
  createSource,
  readTickets,
  scopeOf,
  SourceOptions,
  TOKEN,
} from './__testUtils__';

const KEY = '0b0f4c63-5f0a-4d0c-9a6e-3f5d1c2b7a90';
const { signal } = new AbortController();

describe('filing', () => {
  let server: GitlabServer;
  const logger = mockServices.logger.mock();
  beforeEach(async () => {
    jest.clearAllMocks();
    server = await GitlabServer.start();
    server.addToken(TOKEN, { username: 'backstage' });
    server.addProject('acme/payments');
  });
  afterEach(() => server.close());

  const create = (options: Partial<SourceOptions> = {}) =>
    createSource({ baseUrl: server.url, ...options }, logger);
  const file = (
    request: Partial<FileTicketRequest> = {},
    options: Partial<SourceOptions> = {},
    idempotencyKey = KEY,
  ) =>
    create(options).file(
      {
        scopeKey: 'acme/payments',
        container: 'acme/payments',
        entityRef: 'component:default/payments',
        title: 'Rehearse the failover',
        description: 'So that it works.',
        labels: [],
        priority: null,
        ...request,
      },
      { idempotencyKey, signal },
    );
  const find = (key = KEY, scope = 'acme/payments') =>
    create().findFiled(key, scopeOf(scope), { signal });

  it('creates an issue that counts as an improvement', async () => {
    const filed = await file({ labels: ['db', 'db', 'priority::1'] });
    const issue = server.issue('acme/payments', 1);
    expect(filed).toEqual({
      externalId: `acme/payments:${issue.id}`,
      key: 'acme/payments#1',
      url: `${server.url}/acme/payments/-/issues/1`,
    });
    expect(issue).toMatchObject({
      title: 'Rehearse the failover',
      labels: ['db', 'priority::1', 'improvement'],
      description: expect.stringMatching(
        /^So that it works\.\n\n---\n\nFiled in Backstage for `component:default\/payments`\.\n\n<!-- /,
      ),
    });
    expect(await readTickets(create())).toMatchObject([
      { externalId: filed.externalId, improvement: true, priority: '1' },
    ]);
  });

  it('adds no label where one of those given makes an improvement', async () => {
    await file({ labels: ['Tech-Debt'] });
    expect(server.issue('acme/payments', 1).labels).toEqual(['Tech-Debt']);
  });

  it('creates one of a type where no label makes an improvement', async () => {
    const source = { improvement: { issueTypes: ['Task'] } };
    await file({}, { source });
    expect(server.issue('acme/payments', 1).issueType).toBe('task');
    expect(await readTickets(create({ source }))).toMatchObject([
      { improvement: true },
    ]);
  });

  it('carries out none of the commands that people write', async () => {
    await file({
      description: [
        '/close',
        'Text',
        '/assign @root\r/label ~urgent',
        '```',
        '/close in code',
        '```',
        '/title Pwned',
      ].join('\n'),
    });
    expect(server.quickActions).toEqual([]);
    expect(server.issue('acme/payments', 1)).toMatchObject({
      title: 'Rehearse the failover',
      state: 'opened',
      description: expect.stringContaining('\\/assign @root'),
    });
  });

  it('finds what it filed by project and by number', async () => {
    const filed = await file();
    expect(await find()).toEqual(filed);
    const { projectId, id } = server.issue('acme/payments', 1);
    expect(await find(KEY, `id:${projectId}`)).toMatchObject({
      externalId: `id:${projectId}:${id}`,
      key: 'acme/payments#1',
    });
  });

  it('finds nothing that somebody else wrote with our marker', async () => {
    await file();
    const { description } = server.issue('acme/payments', 1);
    server.deleteIssue('acme/payments', 1);
    server.addToken('t-2', { username: 'mallory' });
    server.createIssue('acme/payments', {
      title: 'Rehearse the failover',
      description: description!,
      author: 'mallory',
    });
    expect(await find()).toBeUndefined();
  });

  it('finds nothing that only mentions the key', async () => {
    const other = '7d9c2a11-94c1-4f6e-8e1b-6a2f0c3d4e5f';
    await file({ description: `See ${other}` });
    expect(await find(other)).toBeUndefined();
  });

  it('says what GitLab does not accept', async () => {
    await expect(file({ title: 'x'.repeat(256) })).rejects.toMatchObject({
      kind: 'rejected',
      status: 400,
      mayHaveHappened: false,
      message: expect.stringContaining(
        'title: is too long (maximum is 255 characters)',
      ),
    });
    await expect(file({ title: ' ' })).rejects.toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining("title: can't be blank"),
    });
  });

  it('refuses a label that GitLab would take for two', async () => {
    await expect(file({ labels: ['a,b'] })).rejects.toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining("a label has no comma, as 'a,b' does"),
    });
    expect(server.requests).toBe(0);
  });

  it.each<[string, () => void]>([
    [
      'a token that only reads',
      () => server.addToken(TOKEN, { scopes: ['read_api'] }),
    ],
    [
      'an archived project',
      () => server.changeProject('acme/payments', { archived: true }),
    ],
    [
      'a project without issues',
      () => server.changeProject('acme/payments', { issues: 'disabled' }),
    ],
  ])('is forbidden with %s', async (_, change) => {
    change();
    await expect(file()).rejects.toMatchObject({
      kind: 'forbidden',
      mayHaveHappened: false,
      message: expect.stringContaining(
        'may not create issues in the project acme/payments: it needs the scope api and a role',
      ),
    });
  });

  it('says that labels were dropped', async () => {
    server.changeProject('acme/payments', { members: { backstage: 'guest' } });
    const filed = await file();
    expect(filed.key).toBe('acme/payments#1');
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining(
        'acme/payments#1 was filed without the labels "improvement"',
      ),
    );
  });

  it('needs the name that a project has now', async () => {
    server.renameProject('acme/payments', 'acme/billing');
    await expect(file()).rejects.toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining(
        'the project acme/payments was renamed: correct the annotation',
      ),
    });
  });

  it('needs a project, not a group', async () => {
    await expect(
      file({ scopeKey: 'group:acme', container: 'group:acme' }),
    ).rejects.toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining('a group has no issues of its own'),
    });
  });

  it('needs a token', async () => {
    await expect(file({}, { token: null })).rejects.toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining('nothing can be filed without a token'),
    });
  });

  it('takes any text as a key', async () => {
    const key = '--> /close\n<script>';
    const filed = await file({}, {}, key);
    expect(await find(key)).toEqual(filed);
    expect(await find()).toBeUndefined();
  });

  it('finds it among many of ours, and not for ever', async () => {
    for (let n = 0; n < 120; n++) {
      server.createIssue('acme/payments', { title: 'x', author: 'backstage' });
    }
    const filed = await file();
    expect(filed.key).toBe('acme/payments#121');
    expect(await find()).toEqual(filed);
    const longAgo = Date.now() - 31 * 24 * 60 * 60_000;
    server.changeIssue('acme/payments', 121, { createdAt: longAgo });
    expect(await find()).toBeUndefined();
  });

  it('takes the first of several for the one that was filed', async () => {
    const filed = await file();
    const { description } = server.issue('acme/payments', 1);
    server.createIssue('acme/payments', {
      title: 'A copy',
      description: description!,
      author: 'backstage',
    });
    expect(await find()).toEqual(filed);
  });
});
