import { mockServices } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import {
  behaviours,
  MisbehavingUpstream,
} from 'backstage-plugin-operational-excellence-node/testUtils';
import {
  createSource,
  issueJson,
  readExisting,
  readPages,
  readTickets,
} from './__testUtils__';

const { html, json, redirect } = behaviours;

const DAY = Date.UTC(2026, 0, 1);

describe('GithubTicketSource', () => {
  let upstream: MisbehavingUpstream;
  beforeEach(async () => {
    upstream = await MisbehavingUpstream.start();
  });
  afterEach(() => upstream.close());

  const apiBaseUrl = () => upstream.url('').replace(/\/$/, '');
  const source = (options: Partial<Parameters<typeof createSource>[0]> = {}) =>
    createSource({
      apiBaseUrl: apiBaseUrl(),
      integration: { token: 'ghp_0123456789abcdef' },
      ...options,
    });
  const verify = (subject: ReturnType<typeof source>) =>
    subject.verify({ signal: new AbortController().signal });

  describe('scopes', () => {
    const scopesFor = (slug: string) =>
      source().scopesFor({
        entityRef: 'component:default/payments',
        title: 'Payments',
        annotations: { 'github.com/project-slug': slug },
      });

    it('are the repositories, whatever their case', () => {
      expect(
        scopesFor('Acme/Payments, acme/payments-ui,ACME/payments'),
      ).toEqual([
        {
          key: 'acme/payments',
          title: 'Acme/Payments',
          url: 'https://github.com/Acme/Payments',
          matcher: { container: 'acme/payments' },
        },
        {
          key: 'acme/payments-ui',
          title: 'acme/payments-ui',
          url: 'https://github.com/acme/payments-ui',
          matcher: { container: 'acme/payments-ui' },
        },
      ]);
    });

    it('are not read from a key that is none', async () => {
      await expect(readPages(source(), { key: '../user' })).rejects.toThrow(
        "has no scope '../user'",
      );
      expect(upstream.received).toEqual([]);
    });
  });

  describe('credentials', () => {
    it('are sent with each request', async () => {
      upstream.always(json([]));
      await readPages(source());
      expect(upstream.received[0].headers.authorization).toBe(
        'Bearer ghp_0123456789abcdef',
      );
    });

    it('are proven by the rate limit', async () => {
      upstream.always(json({ resources: { core: { limit: 5000 } } }));
      await verify(source());
      expect(upstream.received.map(({ url }) => url.pathname)).toEqual([
        '/rate_limit',
      ]);
    });

    it('are refused by name', async () => {
      upstream.always(json({ message: 'Bad credentials' }, { status: 401 }));
      await expect(verify(source())).rejects.toMatchObject({
        kind: 'unauthorized',
        source: 'github:github.com',
        message:
          'github:github.com: GET /rate_limit answered 401: github.com refuses the token: check the entry of github.com in integrations.github; it may be wrong, expired or revoked (Bad credentials)',
      });
    });

    it('are good on an Enterprise server without rate limits', async () => {
      upstream.always(
        json({ message: 'Rate limiting is not enabled.' }, { status: 404 }),
      );
      const subject = source({ apiBaseUrl: `${apiBaseUrl()}/api/v3` });
      await verify(subject);
      upstream.always(json([]));
      await readPages(subject);
      expect(upstream.received.map(({ url }) => url.pathname)).toEqual([
        '/api/v3/rate_limit',
        '/api/v3/repos/acme/payments/issues',
      ]);
    });

    it('are not proven by a page for people', async () => {
      upstream.always(html());
      await expect(verify(source())).rejects.toMatchObject({
        kind: 'invalid-response',
      });
    });

    it('can be done without, with a warning, once', async () => {
      const logger = mockServices.logger.mock();
      upstream.always(json({ resources: { core: { limit: 60 } } }));
      const subject = source({ integration: {}, logger });
      await verify(subject);
      await verify(subject);
      expect(upstream.received[0].headers.authorization).toBeUndefined();
      expect(logger.warn).toHaveBeenCalledTimes(1);
      expect(logger.warn).toHaveBeenCalledWith(
        expect.stringContaining('at most 60 requests an hour'),
      );
    });
  });

  describe('cursor', () => {
    const list = (...issues: object[]) => json(issues);
    const sinceOf = (index: number) =>
      upstream.received[index].url.searchParams.get('since');

    it('reaches back by the overlap, in whole seconds as GitHub writes them', async () => {
      upstream.always(list(issueJson(1, DAY)));
      const [{ cursor }] = await readPages(source());
      await readPages(source(), { cursor });
      await readPages(source({ source: { overlap: 'PT1H' } }), { cursor });
      expect([sinceOf(0), sinceOf(1), sinceOf(2)]).toEqual([
        null,
        '2025-12-31T23:55:00Z',
        '2025-12-31T23:00:00Z',
      ]);
    });

    it('keeps fractions of a second where the server has them', async () => {
      upstream.always(
        list({ ...issueJson(1, DAY), updated_at: '2026-01-01T00:00:00.250Z' }),
      );
      const [{ cursor }] = await readPages(source());
      await readPages(source(), { cursor });
      expect(sinceOf(1)).toBe('2025-12-31T23:55:00.250Z');
    });

    it('does not fall back within the overlap', async () => {
      upstream.always(list(issueJson(1, DAY), issueJson(2, DAY + 60_000)));
      const cursors: string[] = [];
      for (let run = 0; run < 3; run++) {
        const [page] = await readPages(source(), { cursor: cursors.at(-1) });
        cursors.push(page.cursor);
      }
      upstream.always(list());
      const [page] = await readPages(source(), { cursor: cursors.at(-1) });
      expect(JSON.parse(page.cursor).since).toBe('2026-01-01T00:00:00Z');
    });

    it.each(['', 'null', '{"since":"yesterday"}', '{"since":', '[]'])(
      'starts at the beginning where %p is no cursor',
      async cursor => {
        upstream.always(list());
        await readPages(source(), { cursor });
        expect(sinceOf(0)).toBeNull();
      },
    );

    it('starts at the beginning when the rules changed', async () => {
      upstream.always(list(issueJson(1, DAY, { labels: [{ name: 'chore' }] })));
      const [{ cursor, tickets }] = await readPages(source());
      const changed = source({
        source: { improvement: { labels: ['chore'] } },
      });
      const [page] = await readPages(changed, { cursor });
      expect(sinceOf(1)).toBeNull();
      expect([tickets[0].improvement, page.tickets[0].improvement]).toEqual([
        false,
        true,
      ]);
    });

    it('spares the rate limit while nothing changes', async () => {
      const answer = json([issueJson(1, DAY)], {
        headers: { etag: 'W/"abc"' },
      });
      upstream.next(answer, answer);
      upstream.always((request, response) => {
        const known = request.headers['if-none-match'] === 'W/"abc"';
        return known
          ? void response.writeHead(304).end()
          : answer(request, response);
      });
      let cursor: string | undefined;
      const pages = [];
      for (let run = 0; run < 4; run++) {
        const read = await readPages(source(), { cursor });
        pages.push(...read);
        cursor = read.at(-1)!.cursor;
      }
      expect(
        upstream.received.map(({ headers }) => headers['if-none-match']),
      ).toEqual([undefined, undefined, 'W/"abc"', 'W/"abc"']);
      expect(pages.map(page => page.tickets.length)).toEqual([1, 1, 0, 0]);
      expect(pages.map(page => page.requests)).toEqual([1, 1, 1, 1]);
      expect(pages[3].cursor).toBe(pages[1].cursor);

      upstream.always(json([issueJson(1, DAY), issueJson(2, DAY + 1000)]));
      const [page] = await readPages(source(), { cursor });
      expect(page.tickets).toHaveLength(2);
      expect(JSON.parse(page.cursor).etag).toBeUndefined();
    });

    it('believes no 304 that was not asked for', async () => {
      upstream.always((_, response) => {
        response.writeHead(304).end();
      });
      await expect(readExisting(source())).rejects.toMatchObject({
        kind: 'invalid-response',
      });
    });
  });

  it('tells the rate limit with each page', async () => {
    const headers = {
      'x-ratelimit-limit': '5000',
      'x-ratelimit-remaining': '4711',
      'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 600),
    };
    upstream.always(json([]));
    upstream.next(json([issueJson(1, DAY)], { headers }));
    const [page] = await readPages(source());
    expect(page.rateLimit).toMatchObject({ remaining: 4711, limit: 5000 });
    const [other] = await readPages(source());
    expect(other.rateLimit).toBeUndefined();
  });

  describe('repositories that moved', () => {
    const moved = () => redirect(upstream.url('/repositories/7/issues'), 301);
    const issue = (number: number) =>
      issueJson(number, DAY + number * 1000, {
        repository_url: 'https://api.github.com/repos/acme/Checkout',
      });

    it('are followed, once per run, and noted once', async () => {
      const logger = mockServices.logger.mock();
      const subject = source({ logger });
      const first = Array.from({ length: 100 }, (_, i) => issue(i + 1));
      for (let run = 0; run < 2; run++) {
        upstream.next(
          moved(),
          json(first, { headers: { link: '<x?page=2>; rel="next"' } }),
          json([issue(100), issue(101)]),
        );
        const pages = await readPages(subject);
        expect(pages.map(page => page.requests)).toEqual([2, 1]);
        const [ticket] = pages[0].tickets;
        expect(ticket).toMatchObject({
          key: 'acme/Checkout#1',
          container: 'acme/payments',
        });
      }
      expect(
        upstream.received.slice(0, 3).map(({ url }) => url.pathname),
      ).toEqual([
        '/repos/acme/payments/issues',
        '/repositories/7/issues',
        '/repositories/7/issues',
      ]);
      expect(logger.warn).toHaveBeenCalledTimes(1);
      expect(logger.warn).toHaveBeenCalledWith(
        expect.stringContaining('is now acme/Checkout'),
      );
    });

    it('keep their tickets apart where services name both names', async () => {
      upstream.next(moved(), json([issue(1)]));
      const [old] = await readTickets(source());
      upstream.next(json([issue(1)]));
      const [current] = await readTickets(source(), { key: 'acme/checkout' });
      expect(current.externalId).not.toBe(old.externalId);
    });

    it('are not followed to another host', async () => {
      const other = await MisbehavingUpstream.start();
      try {
        upstream.always(
          redirect(other.url('/repos/acme/payments/issues'), 301),
        );
        await expect(readPages(source())).rejects.toMatchObject({
          kind: 'invalid-response',
        });
        expect(other.received).toEqual([]);
      } finally {
        await other.close();
      }
    });
  });

  describe('failures', () => {
    const failing = async (
      status: number,
      message: string,
      headers: Record<string, string> = {},
      integration: JsonObject = { token: 'ghp_0123456789abcdef' },
    ) => {
      upstream.always(json({ message }, { status, headers }));
      return readPages(source({ integration })).then(
        () => {
          throw new Error('The read did not fail');
        },
        error => error,
      );
    };

    it('say that issues are switched off', async () => {
      const error = await failing(410, 'Issues are disabled for this repo');
      expect(error).toMatchObject({ kind: 'not-found', status: 410 });
      expect(error.message).toContain(
        'issues are switched off in acme/payments: switch them on',
      );
      expect(error.message).toContain('Issues are disabled for this repo');
    });

    it('say that a repository is unknown or hidden', async () => {
      const error = await failing(404, 'Not Found');
      expect(error).toMatchObject({ kind: 'not-found', status: 404 });
      expect(error.message).toContain(
        'acme/payments does not exist on github.com, or the token may not see it',
      );
    });

    it('say that a private repository needs credentials', async () => {
      const error = await failing(404, 'Not Found', {}, {});
      expect(error.message).toContain(
        'a private repository needs a token in integrations.github',
      );
    });

    it('say which right is missing', async () => {
      const words = 'Resource not accessible by personal access token';
      const error = await failing(403, words, {
        'x-ratelimit-remaining': '4999',
      });
      expect(error).toMatchObject({ kind: 'forbidden', status: 403 });
      expect(error.message).toContain(
        'needs read access to Issues and Metadata',
      );
      expect(error.message).toContain(words);
    });

    it('pass on why a request was refused', async () => {
      const error = await failing(422, 'Validation Failed');
      expect(error).toMatchObject({ kind: 'rejected', status: 422 });
      expect(error.message).toContain('Validation Failed');
    });

    it('know the primary rate limit, by the clock of the server', async () => {
      const theirNow = Date.UTC(2031, 0, 1);
      const before = Date.now();
      const error = await failing(403, 'API rate limit exceeded', {
        date: new Date(theirNow).toUTCString(),
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(theirNow / 1000 + 1800),
      });
      expect(error).toMatchObject({ kind: 'rate-limited', status: 403 });
      expect(error.retryAt - before).toBeGreaterThanOrEqual(1_800_000);
      expect(error.retryAt - before).toBeLessThan(1_830_000);
      expect(error.message).toContain(
        `is used up until ${new Date(error.retryAt).toISOString()}`,
      );
      expect(upstream.received).toHaveLength(1);
    });

    it.each([403, 429])('know a secondary rate limit (%i)', async status => {
      const before = Date.now();
      const error = await failing(status, 'You have exceeded a limit', {
        'retry-after': '90',
        'x-ratelimit-remaining': '4000',
      });
      expect(error).toMatchObject({ kind: 'rate-limited', status });
      expect(error.retryAt - before).toBeGreaterThanOrEqual(90_000);
    });

    it('know a secondary rate limit by its words alone', async () => {
      const before = Date.now();
      const error = await failing(
        403,
        'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
      );
      expect(error.kind).toBe('rate-limited');
      expect(error.retryAt - before).toBeGreaterThanOrEqual(60_000);
    });

    it('say what a token would change about the rate limit', async () => {
      const error = await failing(
        403,
        'API rate limit exceeded for 127.0.0.1',
        { 'x-ratelimit-remaining': '0' },
        {},
      );
      expect(error.message).toContain('without a token it is 60 requests');
    });

    it('do not let a damaged page pass for a short one', async () => {
      upstream.always(behaviours.truncatedJson([issueJson(1, DAY)]));
      await expect(readExisting(source())).rejects.toMatchObject({
        kind: 'invalid-response',
      });
    });
  });
});
