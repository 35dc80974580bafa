import { mockServices } from '@backstage/backend-test-utils';
import {
  behaviours,
  MisbehavingUpstream,
  passOn,
} from 'backstage-plugin-operational-excellence-node/testUtils';
import { GitlabServer } from 'upstream-servers';
import {
  createSource,
  createSources,
  readExisting,
  readHinted,
  readPages,
  readTickets,
  scopeOf,
  serviceWith,
  TOKEN,
} from './__testUtils__';
import { GitlabTicketSource } from './GitlabTicketSource';

const { json, text } = behaviours;

const verify = (source: GitlabTicketSource) =>
  source.verify({ signal: new AbortController().signal });

describe('GitlabTicketSource', () => {
  let server: GitlabServer;
  beforeEach(async () => {
    server = await GitlabServer.start();
    server.addToken(TOKEN, { username: 'backstage' });
  });
  afterEach(() => server.close());

  const create = (options: object = {}) =>
    createSource({ baseUrl: server.url, ...options });

  describe('scopes', () => {
    it('are projects by path or number, and groups', () => {
      const { url } = server;
      const scopesFor = (annotations: Record<string, string>) =>
        create().scopesFor(serviceWith(annotations));
      expect(
        scopesFor({
          'gitlab.com/project-slug': 'Acme/Payments',
          'gitlab.com/group-slug': 'Other',
        }),
      ).toEqual([
        {
          key: 'group:other',
          title: 'group Other',
          url: `${url}/groups/Other`,
          matcher: { container: 'group:other' },
        },
        {
          key: 'acme/payments',
          title: 'Acme/Payments',
          url: `${url}/Acme/Payments`,
          matcher: { container: 'acme/payments' },
        },
      ]);
      expect(scopesFor({ 'gitlab.com/project-id': '42' })).toEqual([
        {
          key: 'id:42',
          title: 'project 42',
          url: `${url}/projects/42`,
          matcher: { container: 'id:42' },
        },
      ]);
    });

    it('are not read from a key that is none', async () => {
      await expect(readPages(create(), { key: '../user' })).rejects.toThrow(
        "has no scope '../user'",
      );
      expect(server.requests).toBe(0);
    });

    it('are suggested by where the code is, without asking', () => {
      expect(
        create().suggestionsFor(
          serviceWith({
            'backstage.io/source-location': `url:${server.url}/acme/payments/-/tree/main/`,
          }),
        ),
      ).toEqual([
        { annotation: 'gitlab.com/project-slug', value: 'acme/payments' },
      ]);
      expect(server.requests).toBe(0);
    });
  });

  describe('groups', () => {
    beforeEach(() => {
      server.addProject('Acme/payments');
      server.addProject('acme/team/checkout');
      server.addProject('acme-labs/payments');
      for (const path of [
        'acme/payments',
        'acme/team/checkout',
        'acme-labs/payments',
      ]) {
        server.createIssue(path, { title: `Of ${path}` });
      }
    });

    it('hold the issues of all their projects, and of no other', async () => {
      const tickets = await readTickets(create(), { key: 'group:acme' });
      expect(tickets.map(({ key, container }) => [key, container])).toEqual([
        ['Acme/payments#1', 'group:acme'],
        ['acme/team/checkout#1', 'group:acme'],
      ]);
    });

    it('count an issue once for a service that names its project as well', async () => {
      const source = create();
      const scopes = source.scopesFor(
        serviceWith({
          'gitlab.com/group-slug': 'acme',
          'gitlab.com/project-slug': 'acme/payments,acme-labs/payments',
        }),
      );
      const rows = new Map<string, string>();
      for (const { key } of scopes) {
        for (const ticket of await readTickets(source, { key })) {
          expect(rows.has(ticket.externalId)).toBe(false);
          rows.set(ticket.externalId, ticket.key);
        }
      }
      expect([...rows.values()].sort()).toEqual([
        'Acme/payments#1',
        'acme-labs/payments#1',
        'acme/team/checkout#1',
      ]);
    });

    it('and projects that different services name do not take tickets from each other', async () => {
      const source = create();
      const ids = [];
      for (const key of ['group:acme', 'group:acme/team', 'acme/payments']) {
        const tickets = await readTickets(source, { key });
        ids.push(...tickets.map(ticket => ticket.externalId));
      }
      expect(new Set(ids).size).toBe(4);
    });

    it('leave out what is archived', async () => {
      const source = create();
      expect(await readExisting(source, 'group:acme')).toHaveLength(2);
      server.changeProject('acme/payments', { archived: true });
      expect(await readExisting(source, 'group:acme')).toHaveLength(1);
      // Who names the project itself means it.
      expect(await readExisting(source, 'acme/payments')).toHaveLength(1);
    });

    it('are read by what events hint at, within the group only', async () => {
      server.createIssue('acme/payments', { title: 'Another one' });
      const pieces = await readHinted(
        create(),
        [
          'acme/payments#1',
          'acme/payments#2',
          'acme/team/checkout#1',
          'acme-labs/payments#1',
          'acme/../acme-labs/payments#1',
          'acme/payments#1;drop',
          '1',
        ],
        'group:acme',
      );
      expect(
        pieces.map(({ tickets }) => tickets.map(({ key }) => key)),
      ).toEqual([
        ['Acme/payments#2', 'Acme/payments#1'],
        ['acme/team/checkout#1'],
      ]);
      expect(server.requests).toBe(2);
    });

    it('no longer have the projects that left them', async () => {
      server.renameProject('acme/payments', 'acme-labs/old-payments');
      const pieces = await readHinted(
        create(),
        ['acme/payments#1'],
        'group:acme',
      );
      expect(pieces).toEqual([{ tickets: [], isOneGone: true, requests: 2 }]);
    });
  });

  describe('several instances', () => {
    it('stand side by side', async () => {
      const other = await GitlabServer.start({ keyset: false });
      const otherToken = 'glpat-other-0123456789';
      other.addToken(otherToken);
      for (const instance of [server, other]) {
        instance.addProject('acme/payments');
      }
      server.createIssue('acme/payments', { title: 'Of the first' });
      other.createIssue('acme/payments', { title: 'Of the other' });
      const sources = createSources([
        { host: 'gitlab.one.example', baseUrl: server.url },
        {
          host: 'gitlab.two.example',
          baseUrl: other.url,
          token: otherToken,
          source: { improvement: { issueTypes: ['issue'] } },
        },
      ]);
      expect(sources.map(({ id }) => id)).toEqual([
        'gitlab:gitlab.one.example',
        'gitlab:gitlab.two.example',
      ]);
      const service = (instance: string) =>
        serviceWith({
          'gitlab.com/project-slug': 'acme/payments',
          'gitlab.com/instance': instance,
        });
      const named = ['gitlab.one.example', 'gitlab.two.example'].map(host =>
        sources.map(source => source.scopesFor(service(host)).length),
      );
      expect(named).toEqual([
        [1, 0],
        [0, 1],
      ]);
      const tickets = [];
      for (const source of sources) {
        await verify(source);
        tickets.push(...(await readTickets(source)));
      }
      expect(
        tickets.map(({ title, improvement }) => [title, improvement]),
      ).toEqual([
        ['Of the first', false],
        ['Of the other', true],
      ]);

      const eventPayload = other.webhookOf('acme/payments', 1);
      const hinted = sources.map(
        source =>
          source.events.hintsOf({ topic: 'gitlab.issue', eventPayload }).length,
      );
      expect(hinted).toEqual([0, 3]);
      await other.close();
    });
  });

  describe('credentials', () => {
    it.each([['read_api'], ['api']])('are good with %s', async scope => {
      server.addToken('t-1', { scopes: [scope] });
      await verify(create({ token: 't-1' }));
      expect(server.requests).toBe(1);
    });

    it('are too weak without a scope that reads issues', async () => {
      server.addToken('t-1', { scopes: ['read_repository', 'read_user'] });
      await expect(verify(create({ token: 't-1' }))).rejects.toMatchObject({
        kind: 'forbidden',
        message: expect.stringContaining(
          'has only the scopes read_repository, read_user: give it read_api',
        ),
      });
    });

    it('can be of a kind that is not described', async () => {
      server.addToken('t-1', { kind: 'oauth' });
      await verify(create({ token: 't-1' }));
      expect(server.requests).toBe(2);
    });

    it.each(['unknown', 'revoked'])('are refused if %s', async token => {
      server.addToken('revoked');
      server.revokeToken('revoked');
      await expect(verify(create({ token }))).rejects.toMatchObject({
        kind: 'unauthorized',
        source: 'gitlab:gitlab.example.com',
        message: expect.stringContaining(
          'refuses the token: check the entry of gitlab.example.com in integrations.gitlab',
        ),
      });
    });

    it('can be done without for public projects, with a warning, once', async () => {
      const logger = mockServices.logger.mock();
      server.addProject('acme/payments', { visibility: 'public' });
      server.createIssue('acme/payments', { title: 'Seen by all' });
      const source = createSource({ baseUrl: server.url, token: null }, logger);
      await verify(source);
      await verify(source);
      expect(logger.warn).toHaveBeenCalledTimes(1);
      expect(await readTickets(source)).toHaveLength(1);
    });
  });

  describe('nothing', () => {
    it.each(['acme/payments', 'group:acme'])(
      'is believed of %s that can be read',
      async key => {
        server.addProject('acme/payments');
        const pages = await readPages(create(), { key });
        expect(pages).toMatchObject([{ tickets: [], requests: 2 }]);
        expect(await readExisting(create(), key)).toEqual([]);
      },
    );

    it('is not believed where issues are switched off, at first or later', async () => {
      const source = create();
      server.addProject('acme/payments');
      server.createIssue('acme/payments', { title: 'Still there' });
      const [{ cursor }] = await readPages(source);
      server.changeProject('acme/payments', { issues: 'disabled' });
      const refusal = {
        kind: 'not-found',
        message: expect.stringContaining('its issues are switched off'),
      };
      await expect(readPages(source)).rejects.toMatchObject(refusal);
      await expect(readPages(source, { cursor })).rejects.toMatchObject(
        refusal,
      );
      // It would remove everything.
      await expect(readExisting(source)).rejects.toMatchObject(refusal);
    });

    it('is not believed where issues are for members only', async () => {
      server.addProject('acme/payments', { visibility: 'public', members: {} });
      server.changeProject('acme/payments', { issues: 'private' });
      server.createIssue('acme/payments', { title: 'For members' });
      await expect(readPages(create())).rejects.toMatchObject({
        kind: 'not-found',
      });
    });

    it('is not believed where open issues are counted', async () => {
      server.addProject('acme/payments');
      server.createIssue('acme/payments', { title: 'Counted' });
      const upstream = await MisbehavingUpstream.start();
      upstream.always(passOn(server.url)).next(json([]));
      const source = createSource({
        baseUrl: upstream.url('').replace(/\/$/, ''),
      });
      await expect(readPages(source)).rejects.toMatchObject({
        kind: 'invalid-response',
        message: expect.stringContaining(
          'lists no issue, and counts 1 open ones',
        ),
      });
      await upstream.close();
    });

    it('is the error of a project that is not there, with what may be meant', async () => {
      server.addProject('acme/team/payments');
      server.addProject('other/payments-ui');
      await expect(readPages(create())).rejects.toMatchObject({
        kind: 'not-found',
        message: expect.stringContaining(
          'the project acme/payments does not exist on gitlab.example.com, or the token may not see it: check the annotations, and that the token is a member; there is acme/team/payments',
        ),
      });
      for (const key of ['id:4711', 'group:nobody', 'nobody/nothing']) {
        await expect(readPages(create(), { key })).rejects.toMatchObject({
          kind: 'not-found',
          message: expect.not.stringContaining('there is'),
        });
      }
    });
  });

  describe('issues', () => {
    beforeEach(() => {
      server.addProject('acme/payments');
      server.addProject('acme/checkout');
    });

    it('that moved elsewhere are no longer here', async () => {
      const source = create();
      const { id } = server.createIssue('acme/payments', { title: 'Moves' });
      const [{ cursor, tickets }] = await readPages(source);
      expect(tickets).toHaveLength(1);
      const moved = server.moveIssue('acme/payments', 1, 'acme/checkout');
      const [page] = await readPages(source, { cursor });
      expect(page).toMatchObject({
        tickets: [],
        removed: [`acme/payments:${id}`],
      });
      expect(await readExisting(source)).toEqual([]);
      expect(await readHinted(source, ['1'])).toEqual([
        { tickets: [], isOneGone: true, requests: 1 },
      ]);
      expect(await readExisting(source, 'acme/checkout')).toEqual([
        `acme/checkout:${moved.id}`,
      ]);
    });

    it('that are confidential count as well', async () => {
      server.createIssue('acme/payments', {
        title: 'Psst',
        confidential: true,
      });
      expect(await readTickets(create())).toHaveLength(1);
    });

    it('of a renamed project are read at its new place, which is noted once', async () => {
      const logger = mockServices.logger.mock();
      const source = createSource({ baseUrl: server.url }, logger);
      for (let i = 1; i <= 150; i++) {
        server.createIssue('acme/payments', { title: `Issue ${i}` });
      }
      server.renameProject('acme/payments', 'acme/billing');
      for (let run = 0; run < 2; run++) {
        const pages = await readPages(source);
        expect(pages.map(({ requests }) => requests)).toEqual([2, 1]);
        expect(pages[0].tickets[0]).toMatchObject({
          key: 'acme/billing#1',
          container: 'acme/payments',
        });
      }
      expect(logger.warn).toHaveBeenCalledTimes(1);
      expect(logger.warn).toHaveBeenCalledWith(
        expect.stringContaining('is now acme/billing'),
      );
    });

    it('are what events hint at, and nothing else', async () => {
      server.createIssue('acme/payments', { title: 'One' });
      server.createIssue('acme/payments', { title: 'Two' });
      const pieces = await readHinted(create(), ['2', '2 or 1=1', '../1']);
      expect(pieces).toMatchObject([
        { tickets: [{ title: 'Two' }], isOneGone: false, requests: 1 },
      ]);
    });
  });

  describe('cursor', () => {
    let upstream: MisbehavingUpstream;
    beforeEach(async () => {
      server.addProject('acme/payments');
      server.createIssue('acme/payments', {
        title: 'One',
        labels: ['chore'],
        at: Date.UTC(2026, 0, 1, 0, 0, 0, 250),
      });
      upstream = await MisbehavingUpstream.start();
      upstream.always(passOn(server.url));
    });
    afterEach(() => upstream.close());

    const through = (source?: object) =>
      createSource({
        baseUrl: upstream.url('').replace(/\/$/, ''),
        ...(source && { source: { ...source } }),
      });
    const askedSince = () =>
      upstream.received.map(({ url }) => url.searchParams.get('updated_after'));

    it('reaches back by the overlap', async () => {
      const [{ cursor }] = await readPages(through());
      await readPages(through(), { cursor });
      await readPages(through({ overlap: 'PT1H' }), { cursor });
      expect(askedSince()).toEqual([
        null,
        '2025-12-31T23:55:00.250Z',
        '2025-12-31T23:00:00.250Z',
      ]);
    });

    it('asks for all issues, whoever created them', async () => {
      await readPages(through());
      const [{ url }] = upstream.received;
      expect(Object.fromEntries(url.searchParams)).toMatchObject({
        scope: 'all',
        state: 'all',
        order_by: 'updated_at',
        sort: 'asc',
        per_page: '100',
      });
    });

    it('starts at the beginning when the rules changed', async () => {
      const [{ cursor, tickets }] = await readPages(through());
      const changed = through({ improvement: { labels: ['chore'] } });
      const [page] = await readPages(changed, { cursor });
      expect(askedSince()).toEqual([null, null]);
      expect([tickets[0].improvement, page.tickets[0].improvement]).toEqual([
        false,
        true,
      ]);
    });

    it.each(['', 'null', '{"since":"yesterday"}', '{"since":', '[]'])(
      'starts at the beginning where %p is no cursor',
      async cursor => {
        await readPages(through(), { cursor });
        expect(askedSince()).toEqual([null]);
      },
    );

    it('does not fall back within the overlap', async () => {
      const cursors: string[] = [];
      for (let run = 0; run < 3; run++) {
        const [page] = await readPages(through(), { cursor: cursors.at(-1) });
        cursors.push(page.cursor);
      }
      expect(new Set(cursors).size).toBe(1);
    });

    it('fails by a shape that is not promised', async () => {
      upstream.always(
        passOn(server.url, answer => ({
          ...answer,
          body: answer.body.replace('"state":"opened"', '"state":1'),
        })),
      );
      await expect(readPages(through())).rejects.toMatchObject({
        kind: 'invalid-response',
      });
    });

    it('takes a plain text for a rate limit', async () => {
      upstream.always(
        text('Retry later\n', {
          status: 429,
          headers: { 'retry-after': '3600' },
        }),
      );
      await expect(readPages(through())).rejects.toMatchObject({
        kind: 'rate-limited',
        retryAt: expect.any(Number),
        message: expect.stringContaining(
          'the rate limit of gitlab.example.com is used up until 2',
        ),
      });
    });
  });

  it('tells what is left of the rate limit', async () => {
    const limited = await GitlabServer.start({
      rateLimit: { limit: 7, windowMs: 60_000 },
    });
    limited.addToken(TOKEN);
    limited.addProject('acme/payments');
    limited.createIssue('acme/payments', { title: 'One' });
    const source = createSource({ baseUrl: limited.url });
    const [{ rateLimit }] = await readPages(source);
    expect(rateLimit).toMatchObject({ remaining: 6, limit: 7 });
    // Whole seconds, either way.
    const wait = rateLimit!.resetsAt! - Date.now();
    expect(wait).toBeGreaterThan(50_000);
    expect(wait).toBeLessThan(65_000);
    await limited.close();
  });

  it('does not stop at the issues of one instant', async () => {
    const at = Date.UTC(2026, 0, 1);
    for (const keyset of [true, false]) {
      const instance = await GitlabServer.start({ keyset });
      instance.addToken(TOKEN);
      instance.addProject('acme/payments', {
        bulk: { count: 350, from: at, everyMs: 0 },
      });
      instance.addProject('acme/checkout');
      instance.createIssue('acme/payments', { title: 'Last', at: at + 1000 });
      const source = createSource({ baseUrl: instance.url });
      const ids = await readExisting(source);
      expect(new Set(ids).size).toBe(351);
      const group = await readTickets(source, { key: 'group:acme' });
      expect(new Set(group.map(({ externalId }) => externalId)).size).toBe(351);
      await instance.close();
    }
  });

  it('says which scope has no such key to file into', async () => {
    const source = create();
    await expect(
      source.findFiled('0b0f4c63', scopeOf('nonsense'), {
        signal: new AbortController().signal,
      }),
    ).rejects.toThrow("has no scope 'nonsense'");
  });
});
