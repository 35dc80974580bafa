import { JsonObject } from '@backstage/types';
import {
  createSource,
  Emulate,
  EMULATE_TOKEN,
  readExisting,
  readPages,
  readTickets,
} from './__testUtils__';

/** Against a server that nobody here wrote; see {@link Emulate} for what it lacks. */
describe('GithubTicketSource with emulate', () => {
  let emulate: Emulate;
  let repositories = 0;

  beforeAll(async () => {
    emulate = await Emulate.start();
  }, 30_000);
  afterAll(() => emulate.stop());

  const source = (integration: JsonObject = { token: EMULATE_TOKEN }) =>
    createSource({
      apiBaseUrl: emulate.url,
      integration,
      source: {
        improvement: { labels: ['improvement'] },
        inProgress: { labels: ['in progress'] },
      },
    });
  const verify = (subject: ReturnType<typeof source>) =>
    subject.verify({ signal: new AbortController().signal });

  async function createRepository(
    options: { private?: boolean } = {},
  ): Promise<string> {
    repositories += 1;
    const name = `payments-${repositories}`;
    await emulate.createRepository(name, options);
    return `admin/${name}`;
  }

  it('follows an issue through its life', async () => {
    const key = await createRepository();
    const subject = source();
    await verify(subject);
    const { number } = await emulate.createIssue(key, {
      title: 'Rehearse the failover',
      labels: ['improvement', 'area/db'],
    });

    let cursor: string | undefined;
    const read = async () => {
      const pages = await readPages(subject, { key, cursor });
      cursor = pages.at(-1)!.cursor;
      const tickets = pages.flatMap(page => page.tickets);
      expect(tickets).toHaveLength(1);
      return tickets[0];
    };
    const update = (...[patch]: [Parameters<Emulate['updateIssue']>[2]]) =>
      emulate.updateIssue(key, number, patch);

    const created = await read();
    expect(created).toMatchObject({
      key: `${key}#1`,
      url: `${emulate.url}/${key}/issues/1`,
      title: 'Rehearse the failover',
      state: 'open',
      improvement: true,
      labels: ['improvement', 'area/db'],
      assignee: null,
      container: key,
    });

    await update({ labels: ['in progress'], assignees: ['admin'] });
    expect(await read()).toMatchObject({
      externalId: created.externalId,
      state: 'in-progress',
      improvement: false,
      assignee: 'admin',
    });

    await update({ state: 'closed', state_reason: 'not_planned' });
    const closed = await read();
    expect(closed).toMatchObject({ state: 'done' });
    expect(closed.closedAt).toBeGreaterThanOrEqual(created.createdAt);

    await update({ state: 'open', labels: ['improvement'] });
    expect(await read()).toMatchObject({
      state: 'open',
      improvement: true,
      createdAt: created.createdAt,
      closedAt: null,
    });
  });

  it('reads more issues than fit on a page, and then what changed', async () => {
    const key = await createRepository();
    for (let i = 1; i <= 230; i++) {
      await emulate.createIssue(key, { title: `Issue ${i}` });
    }
    const pages = await readPages(source(), { key });
    const tickets = pages.flatMap(page => page.tickets);
    expect(pages).toHaveLength(3);
    expect(pages.reduce((sum, page) => sum + page.requests, 0)).toBe(3);
    expect(new Set(tickets.map(({ key: k }) => k)).size).toBe(230);
    expect(await readExisting(source(), key)).toHaveLength(230);

    const closed = await emulate.updateIssue(key, 7, { state: 'closed' });
    // A cursor just behind everything that was read, beyond the overlap.
    const cursor = JSON.stringify({
      ...JSON.parse(pages.at(-1)!.cursor),
      since: new Date(Date.parse(closed.updated_at) + 300_000).toISOString(),
    });
    const changed = await readTickets(source(), { key, cursor });
    expect(changed.map(ticket => [ticket.key, ticket.state])).toEqual([
      [`${key}#7`, 'done'],
    ]);
  });

  it('reads a repository without issues', async () => {
    const key = await createRepository();
    await verify(source());
    const pages = await readPages(source(), { key });
    expect(pages.map(page => page.tickets)).toEqual([[]]);
    expect(await readExisting(source(), key)).toEqual([]);
  });

  it('leaves out what the server refused to create', async () => {
    const key = await createRepository();
    const refused = await emulate.send('POST', `/repos/${key}/issues`, {
      title: ' ',
    });
    expect(refused.status).toBe(422);
    expect(await readTickets(source(), { key })).toEqual([]);
  });

  it('reports a repository that was deleted, or that hides its issues', async () => {
    const key = await createRepository();
    await emulate.call('PATCH', `/repos/${key}`, { has_issues: false });
    await expect(readPages(source(), { key })).rejects.toMatchObject({
      kind: 'not-found',
    });
    await expect(
      readPages(source(), { key: 'admin/never-there' }),
    ).rejects.toMatchObject({ kind: 'not-found', status: 404 });
  });

  it('reads public repositories without a token, and no private ones', async () => {
    const open = await createRepository();
    const hidden = await createRepository({ private: true });
    await emulate.createIssue(open, { title: 'For all to see' });
    const anonymous = source({});
    await verify(anonymous);
    expect(await readTickets(anonymous, { key: open })).toHaveLength(1);
    await expect(readPages(anonymous, { key: hidden })).rejects.toMatchObject({
      kind: 'unauthorized',
      message: expect.stringContaining('add a token or apps'),
    });
    expect(await readTickets(source(), { key: hidden })).toEqual([]);
  });
});
