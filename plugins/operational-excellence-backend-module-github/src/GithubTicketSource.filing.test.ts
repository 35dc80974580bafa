import { mockServices } from '@backstage/backend-test-utils';
import {
  FileTicketRequest,
  UpstreamError,
  writeFiledText,
} from 'backstage-plugin-operational-excellence-node';
import {
  Behaviour,
  behaviours,
  MisbehavingUpstream,
} from 'backstage-plugin-operational-excellence-node/testUtils';
import {
  appIntegration,
  createAppKeys,
  createSource,
  issueJson,
  scopeOf,
} from './__testUtils__';

const { json, redirect, reset } = behaviours;

const KEY = '0b0f4c63-5f0a-4d0c-9a6e-3f5d1c2b7a90';
const NOW = Date.now();

const REQUEST: FileTicketRequest = {
  scopeKey: 'acme/payments',
  container: 'acme/payments',
  entityRef: 'component:default/payments',
  title: 'Rehearse the failover',
  description: 'So that it is safe.',
  labels: [],
  priority: null,
};

describe('filing with GithubTicketSource', () => {
  let upstream: MisbehavingUpstream;
  let routes: Record<string, Behaviour>;
  const CREATE = 'POST /repos/acme/payments/issues';
  const LIST = 'GET /repos/acme/payments/issues';

  beforeEach(async () => {
    upstream = await MisbehavingUpstream.start();
    routes = {
      'GET /user': json({ login: 'Portal-Bot', id: 7 }),
      [LIST]: json([]),
      // Takes what it is given.
      [CREATE]: (request, response) => {
        const { labels, title, type } = JSON.parse(request.body);
        return json(
          issueJson(12, NOW, {
            title,
            labels: labels.map((name: string) => ({ name })),
            type: type ? { name: type } : null,
          }),
          { status: 201 },
        )(request, response);
      },
    };
    upstream.always((request, response) =>
      (
        routes[`${request.method} ${request.url.pathname}`] ??
        json({ message: 'Not Found' }, { status: 404 })
      )(request, response),
    );
  });
  afterEach(() => upstream.close());

  const source = (options: Partial<Parameters<typeof createSource>[0]> = {}) =>
    createSource({
      apiBaseUrl: upstream.url('').replace(/\/$/, ''),
      integration: { token: 'ghp_0123456789abcdef' },
      ...options,
    });
  const file = (request: Partial<FileTicketRequest> = {}, subject = source()) =>
    subject.file(
      { ...REQUEST, ...request },
      { idempotencyKey: KEY, signal: new AbortController().signal },
    );
  const find = (subject = source()) =>
    subject.findFiled(KEY, scopeOf('acme/payments'), {
      signal: new AbortController().signal,
    });
  const received = (route: string) =>
    upstream.received.filter(
      ({ method, url }) => `${method} ${url.pathname}` === route,
    );
  const sent = () => received(CREATE).map(({ body }) => JSON.parse(body));
  const refusal = async (behaviour: Behaviour): Promise<UpstreamError> => {
    routes[CREATE] = behaviour;
    const error = await file().then(
      () => undefined,
      cause => cause,
    );
    expect(error).toBeInstanceOf(UpstreamError);
    expect(received(CREATE)).toHaveLength(1);
    return error;
  };

  it('creates an issue that counts as an improvement', async () => {
    expect(await file({ labels: ['area/db'] })).toEqual({
      externalId: 'acme/payments:1012',
      key: 'acme/payments#12',
      url: 'https://github.com/acme/payments/issues/12',
    });
    expect(sent()).toEqual([
      {
        title: 'Rehearse the failover',
        body: writeFiledText(REQUEST, KEY),
        labels: ['area/db', 'improvement'],
      },
    ]);
  });

  it('adds no label where one of the given ones is enough', async () => {
    await file({ labels: ['Tech-Debt'] });
    expect(sent()).toMatchObject([{ labels: ['Tech-Debt'] }]);
  });

  it('gives it an issue type where no label makes an improvement', async () => {
    const subject = source({
      source: { improvement: { issueTypes: ['Improvement', 'Chore'] } },
    });
    await file({ labels: ['area/db'] }, subject);
    expect(sent()).toMatchObject([
      { labels: ['area/db'], type: 'Improvement' },
    ]);
  });

  it('warns where GitHub drops what makes an improvement', async () => {
    routes[CREATE] = json(issueJson(12, NOW), { status: 201 });
    const logger = mockServices.logger.mock();
    await expect(file({}, source({ logger }))).resolves.toMatchObject({
      key: 'acme/payments#12',
    });
    expect(logger.warn).toHaveBeenCalledTimes(1);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining(
        'acme/payments#12 was filed, but GitHub dropped the label "improvement"',
      ),
    );
  });

  it('takes nothing that is no repository for one', async () => {
    await expect(file({ container: 'acme/../../user' })).rejects.toThrow(
      "has no scope 'acme/../../user'",
    );
    expect(upstream.received).toEqual([]);
  });

  describe('that is refused', () => {
    it('says which field is wrong', async () => {
      const error = await refusal(
        json(
          {
            message: 'Validation Failed',
            errors: [
              {
                resource: 'Issue',
                code: 'custom',
                field: 'title',
                message: 'title is too long (maximum is 256 characters)',
              },
            ],
          },
          { status: 422 },
        ),
      );
      expect(error).toMatchObject({ kind: 'rejected', mayHaveHappened: false });
      expect(error.detail).toContain('title is too long');
    });

    it('says that issues are switched off', async () => {
      const error = await refusal(
        json({ message: 'Issues are disabled for this repo' }, { status: 410 }),
      );
      expect(error).toMatchObject({
        kind: 'not-found',
        mayHaveHappened: false,
      });
      expect(error.detail).toContain('issues are switched off');
    });

    it('says that the right to write is missing', async () => {
      const error = await refusal(
        json(
          { message: 'Resource not accessible by personal access token' },
          { status: 403 },
        ),
      );
      expect(error).toMatchObject({
        kind: 'forbidden',
        mayHaveHappened: false,
      });
      expect(error.detail).toContain('needs write access to Issues');
    });

    it('says that the repository is archived', async () => {
      const error = await refusal(
        json(
          { message: 'Repository was archived so is read-only.' },
          { status: 403 },
        ),
      );
      expect(error).toMatchObject({
        kind: 'forbidden',
        mayHaveHappened: false,
      });
      expect(error.detail).toContain('acme/payments is archived');
    });

    it('says that the repository has another name', async () => {
      const error = await refusal(
        redirect(upstream.url('/repositories/7/issues'), 307),
      );
      expect(error).toMatchObject({ kind: 'rejected', mayHaveHappened: false });
      expect(error.detail).toContain('was renamed or transferred');
    });

    it.each([
      ['by a header', 429, { 'retry-after': '90' }, 'Slow down'],
      [
        'by its words',
        403,
        {},
        'You have exceeded a secondary rate limit and have been temporarily blocked from content creation.',
      ],
    ])('knows the limit on content %s', async (_, status, headers, message) => {
      const before = Date.now();
      const error = await refusal(json({ message }, { status, headers }));
      expect(error).toMatchObject({
        kind: 'rate-limited',
        mayHaveHappened: false,
      });
      expect(error.retryAt).toBeGreaterThanOrEqual(before + 60_000);
    });
  });

  it.each([
    ['a server error', json({ message: 'Oops' }, { status: 502 })],
    ['no answer', reset()],
    // As a proxy answers that wants somebody to sign in.
    ['an odd redirect', redirect('/login', 303)],
    ['half an answer', behaviours.truncatedJson(issueJson(12, NOW))],
  ])('is in doubt after %s, and is not repeated', async (_, behaviour) => {
    expect(await refusal(behaviour)).toMatchObject({ mayHaveHappened: true });
  });

  describe('without knowing who files', () => {
    it('is refused where there are no credentials', async () => {
      await expect(file({}, source({ integration: {} }))).rejects.toMatchObject(
        {
          kind: 'unauthorized',
          message: expect.stringContaining('filing needs credentials'),
        },
      );
      expect(upstream.received).toEqual([]);
    });

    it('is refused where the token belongs to nobody', async () => {
      routes['GET /user'] = json(
        { message: 'Resource not accessible by integration' },
        { status: 403 },
      );
      await expect(file()).rejects.toMatchObject({
        kind: 'forbidden',
        mayHaveHappened: false,
        message: expect.stringContaining('the token does not tell whose it is'),
      });
      expect(sent()).toEqual([]);
    });

    it('is asked for once', async () => {
      const subject = source();
      await file({}, subject);
      await find(subject);
      expect(received('GET /user')).toHaveLength(1);
    });
  });

  describe('is found again', () => {
    const filed = (number: number, rest: object = {}) =>
      issueJson(number, NOW, {
        body: writeFiledText(REQUEST, KEY).replaceAll('\n', '\r\n'),
        user: { login: 'portal-bot' },
        ...rest,
      });

    it('among what was updated of late', async () => {
      routes[LIST] = json([issueJson(11, NOW), filed(12)]);
      const before = Date.now();
      expect(await find()).toEqual({
        externalId: 'acme/payments:1012',
        key: 'acme/payments#12',
        url: 'https://github.com/acme/payments/issues/12',
      });
      const [{ url }] = received(LIST);
      expect(url.searchParams.get('state')).toBe('all');
      const since = Date.parse(url.searchParams.get('since') ?? '');
      expect(before - since).toBeLessThan(31 * 86_400_000);
      expect(before - since).toBeGreaterThan(29 * 86_400_000);
    });

    it('by the first of its copies', async () => {
      routes[LIST] = json([filed(14), filed(12), filed(13)]);
      expect(await find()).toMatchObject({ key: 'acme/payments#12' });
    });

    it.each([
      ['a copy of somebody else', filed(12, { user: { login: 'mallory' } })],
      ['a copy of somebody who left', filed(12, { user: null })],
      ['a pull request', filed(12, { pull_request: {} })],
      ['a mention', filed(12, { body: `See ${KEY}` })],
      [
        'one with another key',
        filed(12, { body: writeFiledText(REQUEST, 'another') }),
      ],
      ['one without a body', filed(12, { body: null })],
    ])('not in %s', async (_, issue) => {
      routes[LIST] = json([issue]);
      expect(await find()).toBeUndefined();
    });

    it('as what one of the GitHub Apps filed', async () => {
      const { privateKey } = createAppKeys();
      const subject = source({ integration: appIntegration(4711, privateKey) });
      Object.assign(routes, {
        'GET /app': json({ slug: 'acme-portal' }),
        'GET /app/installations': json([{ id: 1, account: { login: 'acme' } }]),
        'POST /app/installations/1/access_tokens': json(
          {
            token: 'ghs_acme0123456789abcdef',
            expires_at: new Date(NOW + 3_600_000).toISOString(),
            repository_selection: 'all',
          },
          { status: 201 },
        ),
      });
      routes[LIST] = json([
        filed(12, { user: { login: 'acme-portal' } }),
        filed(13, { user: { login: 'acme-portal[bot]' } }),
      ]);
      expect(await find(subject)).toMatchObject({ key: 'acme/payments#13' });
      expect(received('GET /user')).toEqual([]);
    });
  });
});
