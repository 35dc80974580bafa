import {
  ServiceDescriptor,
  TicketSource,
  TicketSyncScope,
} from 'backstage-plugin-operational-excellence-node';
import {
  behaviours,
  MisbehavingUpstream,
} from 'backstage-plugin-operational-excellence-node/testUtils';
import { JiraServer } from 'upstream-servers';
import {
  API_TOKEN,
  byKey,
  createSource,
  createSources,
  EMAIL,
  entryOf,
  never,
  readExisting,
  readHinted,
  readPages,
  startJira,
} from './__testUtils__';

const DAY_MS = 86_400_000;

function service(annotations: Record<string, string>): ServiceDescriptor {
  return {
    entityRef: 'component:default/payments',
    title: 'Payments',
    annotations,
  };
}

/** All projects in one scope. */
function batchOf(...containers: string[]): TicketSyncScope {
  return { key: 'projects-0', containers };
}

const open: JiraServer[] = [];

async function start(...args: Parameters<typeof startJira>) {
  const { server, entry } = await startJira(...args);
  open.push(server);
  return { server, entry };
}

afterEach(async () => {
  await Promise.all(open.splice(0).map(server => server.close()));
});

describe.each(['cloud', 'data-center'] as const)('%s', deployment => {
  describe('changes', () => {
    it('tells work under way and what was done from the history', async () => {
      let now = Date.parse('2026-01-01T00:00:00.123Z');
      const { server, entry } = await start(deployment, { now: () => now });
      const { store } = server;
      const pass = (status: string, key: string) => {
        now += DAY_MS;
        store.transition(key, status);
        return now;
      };
      const { key } = store.create({ projectKey: 'PAY' });
      const createdAt = now;
      const begun = pass('In Progress', key);
      pass('In Review', key);
      pass('Done', key);
      pass('To Do', key);
      pass('In Progress', key);
      const closed = pass('Done', key);
      // From one status of the category to another is no second closing.
      pass("Won't Do", key);
      const plain = store.create({ projectKey: 'PAY' });
      pass('In Progress', plain.key);
      const closedPlain = pass('Done', plain.key);
      const reopened = store.create({ projectKey: 'PAY' });
      pass('Done', reopened.key);
      const reopenedAt = pass('In Progress', reopened.key);
      const atOnce = store.create({ projectKey: 'PAY' });
      const closedAtOnce = pass('Done', atOnce.key);

      const tickets = byKey(
        await readPages(createSource(entry), batchOf('PAY')),
      );
      expect(tickets.get(key)).toMatchObject({
        state: 'done',
        createdAt,
        startedAt: begun,
        closedAt: closed,
      });
      expect(tickets.get(plain.key)).toMatchObject({
        state: 'done',
        closedAt: closedPlain,
      });
      expect(tickets.get(reopened.key)).toMatchObject({
        state: 'in-progress',
        startedAt: reopenedAt,
        closedAt: null,
      });
      expect(tickets.get(atOnce.key)).toMatchObject({
        state: 'done',
        startedAt: null,
        closedAt: closedAtOnce,
      });
    });

    it('takes the fields of an issue that came without a history', async () => {
      const { server, entry } = await start(deployment);
      const created = Date.parse('2026-02-01T00:00:00Z');
      server.store.create({
        projectKey: 'PAY',
        status: 'Done',
        created,
        resolved: created + DAY_MS,
      });
      // As an importer may leave it.
      server.store.create({
        projectKey: 'PAY',
        status: 'Done',
        created,
        resolved: created - DAY_MS,
      });
      const tickets = byKey(
        await readPages(createSource(entry), batchOf('PAY')),
      );
      expect(tickets.get('PAY-1')?.closedAt).toBe(created + DAY_MS);
      expect(tickets.get('PAY-2')?.closedAt).toBe(created);
    });

    it('names components and labels without regard to case, and what else it knows', async () => {
      const { server, entry } = await start(deployment);
      server.store.create({
        projectKey: 'PAY',
        components: ['Checkout', 'API'],
        labels: ['Ops'],
        priority: 'High',
        assignee: 'maria',
      });
      const source = createSource(entry);
      const [page] = await readPages(source, batchOf('PAY'));
      expect(page.tickets).toMatchObject([
        {
          container: 'PAY',
          facets: ['component:checkout', 'component:api', 'label:ops'],
          labels: ['Ops'],
          priority: 'High',
          assignee: 'User maria',
          url: `${server.url}/browse/PAY-1`,
        },
      ]);
      const scopes = source.scopesFor(
        service({
          'jira/project-key': 'pay',
          'jira/component': 'CHECKOUT',
          'jira/label': 'ops, legacy',
        }),
      );
      expect(scopes.map(({ matcher }) => matcher)).toEqual([
        { container: 'PAY', allOf: ['component:checkout', 'label:ops'] },
        { container: 'PAY', allOf: ['component:checkout', 'label:legacy'] },
      ]);
    });

    it('reads a project that joins a scope from the beginning, the others from where they are', async () => {
      const { server, entry } = await start(deployment, {
        projects: ['PAY', 'OPS', 'WEB'],
      });
      const old = Date.now() - 100 * DAY_MS;
      for (const projectKey of ['PAY', 'OPS', 'WEB']) {
        server.store.create({ projectKey, created: old, updated: old });
      }
      server.store.create({ projectKey: 'PAY' });
      const source = createSource(entry);
      const first = await readPages(source, batchOf('PAY'));
      expect([...byKey(first).keys()]).toEqual(['PAY-1', 'PAY-2']);

      const second = await readPages(
        source,
        batchOf('PAY', 'OPS', 'WEB'),
        first.at(-1)!.cursor,
      );
      expect([...byKey(second).keys()].sort()).toEqual([
        'OPS-1',
        'PAY-2',
        'WEB-1',
      ]);
      const third = await readPages(
        source,
        batchOf('PAY', 'OPS', 'WEB'),
        second.at(-1)!.cursor,
      );
      expect([...byKey(third).keys()]).toEqual(['PAY-2']);
      // One that left and comes back is new again.
      const without = await readPages(
        source,
        batchOf('PAY'),
        third.at(-1)!.cursor,
      );
      const back = await readPages(
        source,
        batchOf('PAY', 'OPS'),
        without.at(-1)!.cursor,
      );
      expect([...byKey(back).keys()].sort()).toEqual(['OPS-1', 'PAY-2']);
    });

    it('goes on with a first read that was interrupted, though a project joins', async () => {
      const { server, entry } = await start(deployment, {
        projects: ['PAY', 'OPS'],
        pageLimit: 20,
      });
      const from = Date.now() - 100 * DAY_MS;
      for (let i = 0; i < 50; i += 1) {
        server.store.create({ projectKey: 'PAY', created: from + i * DAY_MS });
      }
      server.store.create({ projectKey: 'OPS', created: from });
      const source = createSource(entry);
      const run = source.changes(batchOf('PAY'), { signal: never });
      const first = (await run.next()).value!;
      await run.return(undefined);
      expect(first.tickets).toHaveLength(20);

      const rest = await readPages(source, batchOf('PAY', 'OPS'), first.cursor);
      const keys = byKey(rest);
      expect(keys.has('PAY-1')).toBe(false);
      expect(keys.has('OPS-1')).toBe(true);
      expect(new Set([...byKey([first]).keys(), ...keys.keys()]).size).toBe(51);
      const after = await readPages(
        source,
        batchOf('PAY', 'OPS'),
        rest.at(-1)!.cursor,
      );
      expect(byKey(after).size).toBeLessThanOrEqual(1);
    });

    it('reads everything again once other issues count as improvements', async () => {
      const { server, entry } = await start(deployment);
      const old = Date.now() - 100 * DAY_MS;
      server.store.create({
        projectKey: 'PAY',
        issueType: 'Bug',
        created: old,
      });
      server.store.create({ projectKey: 'PAY' });
      const before = await readPages(createSource(entry), batchOf('PAY'));
      const source = createSource({
        ...entry,
        improvement: { issueTypes: ['bug'] },
      });
      const tickets = byKey(
        await readPages(source, batchOf('PAY'), before.at(-1)!.cursor),
      );
      expect(tickets.get('PAY-1')?.improvement).toBe(true);
    });

    it('is not led astray by an instant in the future', async () => {
      const { server, entry } = await start(deployment);
      server.store.create({
        projectKey: 'PAY',
        created: Date.now() + 365 * DAY_MS,
      });
      const source = createSource(entry);
      const { cursor } = (await readPages(source, batchOf('PAY'))).at(-1)!;
      server.store.create({ projectKey: 'PAY' });
      const tickets = byKey(await readPages(source, batchOf('PAY'), cursor));
      expect(tickets.has('PAY-2')).toBe(true);
    });

    it('misses nothing that moves while it turns pages', async () => {
      const { server, entry } = await start(deployment, { pageLimit: 20 });
      const from = Date.now() - 300 * DAY_MS;
      for (let i = 0; i < 100; i += 1) {
        server.store.create({ projectKey: 'PAY', created: from + i * 60_000 });
      }
      const seen = new Map<string, number>();
      let moves = 0;
      const run = createSource(entry).changes(batchOf('PAY'), {
        signal: never,
      });
      for await (const { tickets } of run) {
        tickets.forEach(({ key, updatedAt }) => seen.set(key, updatedAt));
        // What was read first moves to the end; those behind it move up.
        if (moves < 60) {
          for (let i = 0; i < 15; i += 1) {
            moves += 1;
            server.store.update(`PAY-${moves}`, { priority: 'Low' });
          }
        }
      }
      expect(seen.size).toBe(100);
      for (const [key, updatedAt] of seen) {
        expect(updatedAt).toBe(server.store.find(key)!.updated);
      }
    });
  });

  describe('projects that are not there', () => {
    it('names them with what may have been meant, and reads the others', async () => {
      const { server, entry } = await start(deployment, {
        projects: ['PAY', 'OPS'],
      });
      server.store.create({ projectKey: 'PAY' });
      const scope = batchOf('PAYM', 'PAY', 'NOWHERE');
      const missing = [
        {
          container: 'PAYM',
          message: expect.stringContaining('There is no project PAYM'),
          suggestion: 'PAY',
        },
        { container: 'NOWHERE', message: expect.any(String) },
      ];
      const source = createSource(entry);
      // Before the projects are known, and after that.
      const unknown = await readPages(source, scope);
      expect(unknown.at(-1)?.missing).toEqual(missing);
      expect([...byKey(unknown).keys()]).toEqual(['PAY-1']);
      await source.verify({ signal: never });
      const before = server.requests;
      const pages = await readPages(source, scope, unknown.at(-1)!.cursor);
      expect(pages.at(-1)?.missing).toEqual(missing);
      expect(server.requests - before).toBe(2);
      expect(pages[0].requests).toBe(2);
    });

    it('reads one as a whole once it is there', async () => {
      const { server, entry } = await start(deployment, { projects: ['PAY'] });
      const scope = batchOf('PAY', 'NEW');
      const first = createSource(entry);
      await first.verify({ signal: never });
      const [page] = await readPages(first, scope);
      expect(page.missing).toHaveLength(1);

      server.store.addProject('NEW');
      const old = Date.now() - 100 * DAY_MS;
      server.store.create({ projectKey: 'NEW', created: old });
      await first.verify({ signal: never });
      const pages = await readPages(first, scope, page.cursor);
      expect([...byKey(pages).keys()]).toEqual(['NEW-1']);
      expect(pages.flatMap(({ missing }) => missing)).toEqual([]);
    });

    it('names one that is archived while the portal runs', async () => {
      const { server, entry } = await start(deployment, {
        projects: ['PAY', 'OLD'],
      });
      server.store.create({ projectKey: 'PAY' });
      server.store.create({ projectKey: 'OLD' });
      const source = createSource(entry);
      await source.verify({ signal: never });
      const scope = batchOf('PAY', 'OLD');
      const first = await readPages(source, scope);
      expect(byKey(first).size).toBe(2);
      server.store.archiveProject('OLD');
      const second = await readPages(source, scope, first.at(-1)!.cursor);
      expect([...byKey(second).keys()]).toEqual(['PAY-1']);
      expect(second.at(-1)?.missing).toMatchObject([{ container: 'OLD' }]);
    });

    it('gives a page though none is there', async () => {
      const { entry } = await start(deployment);
      const source = createSource(entry);
      await source.verify({ signal: never });
      const pages = await readPages(source, batchOf('NOWHERE'));
      expect(pages).toMatchObject([
        { tickets: [], missing: [{ container: 'NOWHERE' }] },
      ]);
      expect(await readExisting(source, batchOf('NOWHERE'))).toEqual([]);
    });
  });

  describe('reconcile', () => {
    it('names all issues with few requests, and not those that one may not see', async () => {
      const { server, entry } = await start(deployment, { pageLimit: 1000 });
      for (let i = 0; i < 1500; i += 1) {
        server.store.create({ projectKey: 'PAY' });
      }
      server.store.update('PAY-7', { hidden: true });
      const source = createSource(entry);
      const before = server.requests;
      const ids = await readExisting(source, batchOf('PAY'));
      expect(new Set(ids).size).toBe(1499);
      expect(ids).not.toContain(String(server.store.find('PAY-7')!.id));
      expect(server.requests - before).toBeLessThanOrEqual(4);
    });
  });

  describe('moved issues', () => {
    it('keep their id, and leave the scope of their old project', async () => {
      const { server, entry } = await start(deployment, {
        projects: ['PAY', 'OPS', 'WEB'],
      });
      const { id } = server.store.create({ projectKey: 'PAY' });
      const source = createSource(entry);
      const scope = batchOf('PAY', 'OPS');
      const { cursor } = (await readPages(source, scope)).at(-1)!;
      server.store.move('PAY-1', 'OPS');
      const [moved] = [
        ...byKey(await readPages(source, scope, cursor)).values(),
      ];
      expect(moved).toMatchObject({
        externalId: String(id),
        key: 'OPS-1',
        container: 'OPS',
      });
      server.store.move('OPS-1', 'WEB');
      expect(await readExisting(source, scope)).toEqual([]);
      expect(await readHinted(source, scope, ['OPS-1'])).toMatchObject([
        { tickets: [], isOneGone: true },
      ]);
    });

    it('are hinted at under both keys', async () => {
      const { entry } = await start(deployment);
      const source = createSource({ ...entry, batches: 1 });
      const hints = source.events.hintsOf({
        topic: source.events.topics[0],
        eventPayload: {
          webhookEvent: 'jira:issue_updated',
          issue: { id: '10001', key: 'OPS-1' },
          changelog: {
            items: [{ field: 'Key', fromString: 'PAY-1', toString: 'OPS-1' }],
          },
        },
      });
      expect(hints).toEqual([
        { scopeKey: 'projects-0', ref: 'OPS-1' },
        { scopeKey: 'projects-0', ref: 'PAY-1' },
      ]);
    });
  });

  it('asks nothing about issues of projects that no service names', async () => {
    const { server, entry } = await start(deployment);
    const before = server.requests;
    expect(
      await readHinted(createSource(entry), batchOf('PAY'), [
        'WEB-1',
        'PAY-1) OR (project is not EMPTY',
      ]),
    ).toEqual([]);
    expect(server.requests).toBe(before);
  });

  it('tells what is left of the rate limit', async () => {
    const { entry } = await start(deployment, { rateLimit: 100 });
    const [page] = await readPages(createSource(entry), batchOf('PAY'));
    expect(page.rateLimit).toMatchObject({ remaining: 98, limit: 100 });
    expect(page.rateLimit!.resetsAt).toBeGreaterThan(Date.now());
  });

  it('reads 300 projects in a handful of scopes, however many services name them', async () => {
    const { entry } = await start(deployment);
    const source = createSource(entry);
    const containers = new Map<string, Set<string>>();
    for (let i = 0; i < 10_000; i += 1) {
      const scopes = source.scopesFor(
        service({
          'jira/project-key': `PROJ${i % 300}`,
          'jira/component': `service-${i}`,
        }),
      );
      expect(scopes).toHaveLength(1);
      const [{ key, matcher }] = scopes;
      containers.set(
        key,
        (containers.get(key) ?? new Set()).add(matcher.container),
      );
    }
    expect(containers.size).toBe(8);
    const sizes = [...containers.values()].map(({ size }) => size);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(300);
    expect(Math.max(...sizes)).toBeLessThan(60);
  });
});

describe('several instances', () => {
  it('are read side by side, each with what names it', async () => {
    const cloud = await start('cloud', { projects: ['PAY'] });
    const dataCenter = await start('data-center', { projects: ['PAY', 'OPS'] });
    cloud.server.store.create({ projectKey: 'PAY', summary: 'In the cloud' });
    dataCenter.server.store.create({ projectKey: 'PAY', summary: 'Here' });
    dataCenter.server.store.create({ projectKey: 'OPS', summary: 'Here too' });
    const sources = createSources(
      { ...cloud.entry, id: 'acme' },
      { ...dataCenter.entry, id: 'legacy' },
    );
    expect(sources.map(({ id }) => id)).toEqual(['jira:acme', 'jira:legacy']);

    const titlesOf = async (source: TicketSource, about: ServiceDescriptor) => {
      const scopes = source.scopesFor(about);
      const containers = scopes.map(({ matcher }) => matcher.container);
      const pages = await Promise.all(
        [...new Set(scopes.map(({ key }) => key))].map(key =>
          readPages(source, { key, containers }),
        ),
      );
      return [
        ...new Set(
          pages.flat().flatMap(page => page.tickets.map(({ title }) => title)),
        ),
      ].sort();
    };
    const titles = (annotations: Record<string, string>) =>
      Promise.all(sources.map(s => titlesOf(s, service(annotations))));
    expect(await titles({ 'jira/project-key': 'PAY' })).toEqual([
      ['In the cloud'],
      [],
    ]);
    expect(
      await titles({ 'jira.com/project-key': 'default/PAY, Legacy/ops' }),
    ).toEqual([['In the cloud'], ['Here too']]);
    expect(await titles({ 'jira/project-key': 'legacy/PAY' })).toEqual([
      [],
      ['Here'],
    ]);
  });

  it('suggests projects that are named like the service, with the instance', async () => {
    const { server, entry } = await start('cloud', { projects: [] });
    server.store.addProject('PMT', 'Payments!');
    const [first, second] = createSources(
      { ...entry, id: 'acme' },
      { ...entry, id: 'other' },
    );
    expect(first.suggestionsFor(service({}))).toEqual([]);
    await first.verify({ signal: never });
    await second.verify({ signal: never });
    expect(first.suggestionsFor(service({}))).toEqual([
      { annotation: 'jira/project-key', value: 'PMT' },
    ]);
    expect(second.suggestionsFor(service({}))).toEqual([
      { annotation: 'jira/project-key', value: 'other/PMT' },
    ]);
  });
});

describe('credentials on Cloud', () => {
  it('are proven in each run, because an anonymous search just finds nothing', async () => {
    const { server, entry } = await start('cloud', {
      badCredentials: 'anonymous',
    });
    server.store.create({ projectKey: 'PAY' });
    const source = createSource({ ...entry, apiToken: 'revoked-token' });
    const unauthorized = {
      name: 'UpstreamError',
      kind: 'unauthorized',
      message: expect.stringContaining('operationalExcellence.sources.jira[0]'),
    };
    await expect(readPages(source, batchOf('PAY'))).rejects.toMatchObject(
      unauthorized,
    );
    await expect(readExisting(source, batchOf('PAY'))).rejects.toMatchObject(
      unauthorized,
    );
    await expect(
      source.findFiled('a-key', batchOf('PAY'), { signal: never }),
    ).rejects.toMatchObject(unauthorized);
  });

  it('with scopes go through the gateway', async () => {
    const { server, entry } = await start('cloud', {
      apiToken: 'another-token',
      scopedToken: API_TOKEN,
      cloudId: 'a-site',
    });
    server.store.create({ projectKey: 'PAY' });
    await expect(
      createSource(entry).verify({ signal: never }),
    ).rejects.toMatchObject({ kind: 'unauthorized' });
    const source = createSource({
      ...entry,
      baseUrl: 'https://acme.atlassian.net',
      apiUrl: `${server.url}/ex/jira/a-site`,
    });
    const tickets = byKey(await readPages(source, batchOf('PAY')));
    expect(tickets.get('PAY-1')?.url).toBe(
      'https://acme.atlassian.net/browse/PAY-1',
    );
  });
});

describe('queries of entities', () => {
  const QUERY = 'project = PAY AND statusCategory != Done';

  it('count instead of projects, in a scope of their own', async () => {
    const { server, entry } = await start('cloud');
    const source = createSource({ ...entry, entityQueries: true });
    const about = service({
      'jira/project-key': 'PAY',
      'jira.com/jql': `${QUERY}  ORDER  BY created`,
    });
    const scopes = source.scopesFor(about);
    expect(scopes).toMatchObject([{ matcher: { container: QUERY } }]);
    expect(scopes[0].key).toMatch(/^query:[0-9a-f]{16}$/);

    const { id } = server.store.create({ projectKey: 'PAY' });
    server.store.create({ projectKey: 'PAY', status: 'Done' });
    const scope = { key: scopes[0].key, containers: [QUERY] };
    const first = await readPages(source, scope);
    const externalId = `${id}@${scope.key.slice('query:'.length)}`;
    expect(first.flatMap(({ tickets }) => tickets)).toMatchObject([
      { key: 'PAY-1', externalId, container: QUERY },
    ]);
    expect(await readExisting(source, scope)).toEqual([externalId]);

    // What the query does not find any more has left it.
    server.store.transition('PAY-1', 'Done');
    const second = await readPages(source, scope, first.at(-1)!.cursor);
    expect(second.at(-1)?.removed).toContain(externalId);
    expect(await readExisting(source, scope)).toEqual([]);
  });

  it('fail with the words of Jira where they are wrong', async () => {
    const { entry } = await start('cloud');
    const source = createSource({ ...entry, entityQueries: true });
    const [{ key, matcher }] = source.scopesFor(
      service({ 'jira.com/jql': 'nonsense = 1' }),
    );
    await expect(
      readPages(source, { key, containers: [matcher.container] }),
    ).rejects.toThrow("Field 'nonsense' does not exist");
  });
});

describe('pages that go in circles', () => {
  it('end the run with an error', async () => {
    const upstream = await MisbehavingUpstream.start();
    const issue = {
      id: '1',
      key: 'PAY-1',
      fields: {
        summary: 'One',
        project: { key: 'PAY' },
        status: { id: '1', name: 'To Do', statusCategory: { key: 'new' } },
        issuetype: { name: 'Task' },
        created: '2026-01-01T00:00:00.000+0000',
        updated: '2026-01-01T00:00:00.000+0000',
      },
    };
    upstream.always((request, response) =>
      behaviours.json(
        request.url.pathname.endsWith('/myself')
          ? { displayName: 'Portal' }
          : {
              issues: [issue],
              nextPageToken: 'again',
              startAt: JSON.parse(request.body || '{}').startAt ?? 0,
              total: 1000,
            },
      )(request, response),
    );
    try {
      for (const deployment of ['cloud', 'data-center'] as const) {
        const source = createSource(
          entryOf(deployment, upstream.url('').replace(/\/$/, '')),
        );
        await expect(readPages(source, batchOf('PAY'))).rejects.toMatchObject({
          kind: 'invalid-response',
          detail: expect.stringContaining('go in circles'),
        });
      }
      expect(upstream.received.length).toBeLessThan(40);
      expect(upstream.received[0].headers.authorization).toBe(
        `Basic ${Buffer.from(`${EMAIL}:${API_TOKEN}`).toString('base64')}`,
      );
    } finally {
      await upstream.close();
    }
  });
});

describe('a promised page of Jira Cloud that is empty and the last', () => {
  const issue = (number: number) => ({
    id: String(number),
    key: `PAY-${number}`,
    fields: {
      summary: 'One of many',
      project: { key: 'PAY' },
      status: { id: '1', name: 'To Do', statusCategory: { key: 'new' } },
      issuetype: { name: 'Task' },
      created: '2026-01-01T00:00:00.000+0000',
      updated: `2026-01-0${number}T00:00:00.000+0000`,
    },
  });

  /** Answers each search with the next of some pages, the last one for good. */
  async function read(
    ...pages: { issues: object[]; nextPageToken?: string }[]
  ) {
    const upstream = await MisbehavingUpstream.start();
    let searches = 0;
    upstream.always((request, response) =>
      behaviours.json(
        request.url.pathname.endsWith('/search/jql')
          ? pages[Math.min(searches++, pages.length - 1)]
          : { displayName: 'Portal' },
      )(request, response),
    );
    try {
      const source = createSource(
        entryOf('cloud', upstream.url('').replace(/\/$/, '')),
      );
      const given = await readPages(source, batchOf('PAY'));
      return [
        ...new Set(
          given.flatMap(({ tickets }) => tickets.map(({ key }) => key)),
        ),
      ];
    } finally {
      await upstream.close();
    }
  }

  it('is believed where nothing follows the last issue', async () => {
    expect(
      await read(
        { issues: [issue(1), issue(2)], nextPageToken: 'more' },
        { issues: [] },
        { issues: [issue(2)] },
      ),
    ).toEqual(['PAY-1', 'PAY-2']);
  });

  it('does not hide what follows', async () => {
    expect(
      await read(
        { issues: [issue(1)], nextPageToken: 'more' },
        { issues: [] },
        { issues: [issue(1), issue(2)] },
      ),
    ).toEqual(['PAY-1', 'PAY-2']);
  });

  it('fails the run where the last issue is denied as well', async () => {
    await expect(
      read({ issues: [issue(1)], nextPageToken: 'more' }, { issues: [] }),
    ).rejects.toMatchObject({
      kind: 'invalid-response',
      detail: expect.stringContaining('a page that was promised is empty'),
    });
  });
});
