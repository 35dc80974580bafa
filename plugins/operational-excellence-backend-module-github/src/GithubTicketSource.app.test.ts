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
  readPages,
  readTickets,
  signerOf,
} from './__testUtils__';

const { json } = behaviours;

const { privateKey, publicKey } = createAppKeys();

/** GitHub as a GitHub App sees it: an installation for each of some owners. */
describe('GithubTicketSource as a GitHub App', () => {
  let upstream: MisbehavingUpstream;
  let routes: Record<string, Behaviour>;
  beforeEach(async () => {
    upstream = await MisbehavingUpstream.start();
    const token = (text: string) =>
      json(
        {
          token: text,
          expires_at: new Date(Date.now() + 3_600_000).toISOString(),
          repository_selection: 'all',
        },
        { status: 201 },
      );
    routes = {
      '/app': json({
        slug: 'portal',
        permissions: { issues: 'read', metadata: 'read' },
        installations_count: 2,
      }),
      '/app/installations': json([
        { id: 1, account: { login: 'Acme' } },
        { id: 2, account: { login: 'other' } },
      ]),
      '/app/installations/1/access_tokens': token('ghs_acme0123456789abcdef'),
      '/app/installations/2/access_tokens': token('ghs_other0123456789abcdef'),
      '/repos/acme/payments/issues': json([issueJson(1, Date.now())]),
      '/repos/other/checkout/issues': json([issueJson(2, Date.now())]),
    };
    upstream.always((request, response) =>
      (
        routes[request.url.pathname] ??
        json({ message: 'Not Found' }, { status: 404 })
      )(request, response),
    );
  });
  afterEach(() => upstream.close());

  const source = (key = privateKey) =>
    createSource({
      apiBaseUrl: upstream.url('').replace(/\/$/, ''),
      integration: appIntegration(4711, key),
    });
  const verify = () =>
    source().verify({ signal: new AbortController().signal });
  const authorizations = (path: string) =>
    upstream.received
      .filter(({ url }) => url.pathname === path)
      .map(({ headers }) => [headers.authorization].flat()[0]);

  it('proves that the App may read issues', async () => {
    await verify();
    const [authorization, ...more] = authorizations('/app');
    expect(signerOf(authorization, publicKey)).toBe(4711);
    expect(more).toEqual([]);
  });

  it('says that the App has no right to read issues', async () => {
    routes['/app'] = json({
      slug: 'portal',
      permissions: { metadata: 'read' },
    });
    await expect(verify()).rejects.toMatchObject({
      kind: 'forbidden',
      message: expect.stringContaining(
        'the GitHub App portal (4711) has no permission for issues',
      ),
    });
  });

  it('says that the App is installed nowhere', async () => {
    routes['/app'] = json({ slug: 'portal', installations_count: 0 });
    await expect(verify()).rejects.toMatchObject({
      kind: 'forbidden',
      message: expect.stringContaining('is not installed anywhere'),
    });
  });

  it('says that the key of the App is wrong', async () => {
    routes['/app'] = json(
      { message: 'A JSON web token could not be decoded' },
      { status: 401 },
    );
    await expect(verify()).rejects.toMatchObject({
      kind: 'unauthorized',
      message: expect.stringContaining('github.com refuses the GitHub App'),
    });
  });

  it('says that the key of the App is none', async () => {
    const error = await source('-----BEGIN NOTHING-----')
      .verify({ signal: new AbortController().signal })
      .catch(cause => cause);
    expect(error).toMatchObject({
      kind: 'forbidden',
      source: 'github:github.com',
      operation: 'credentials of the GitHub App 4711',
    });
  });

  it('reads each repository with the token of its owner', async () => {
    const subject = source();
    const tickets = await readTickets(subject);
    expect(tickets.map(ticket => ticket.externalId)).toEqual([
      'acme/payments:1001',
    ]);
    await readPages(subject, { key: 'other/checkout' });
    await readPages(subject, { key: 'other/checkout' });
    expect(authorizations('/repos/acme/payments/issues')).toEqual([
      'Bearer ghs_acme0123456789abcdef',
    ]);
    expect(authorizations('/repos/other/checkout/issues')).toEqual([
      'Bearer ghs_other0123456789abcdef',
      'Bearer ghs_other0123456789abcdef',
    ]);
    expect(authorizations('/app/installations/2/access_tokens')).toHaveLength(
      1,
    );
  });

  it('says that the App is not installed for an owner', async () => {
    await expect(
      readPages(source(), { key: 'stranger/shop' }),
    ).rejects.toMatchObject({
      kind: 'not-found',
      message: expect.stringContaining(
        'a GitHub App that is installed for its owner',
      ),
    });
  });

  it('does not let the used up rate limit of one owner hold up another', async () => {
    routes['/repos/acme/payments/issues'] = json(
      { message: 'API rate limit exceeded for installation ID 1.' },
      {
        status: 403,
        headers: {
          'x-ratelimit-remaining': '0',
          'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + 600),
        },
      },
    );
    const subject = source();
    await expect(readPages(subject)).rejects.toMatchObject({
      kind: 'rate-limited',
    });
    expect(await readTickets(subject, { key: 'other/checkout' })).toHaveLength(
      1,
    );
    // The one that is used up is left alone.
    await expect(readPages(subject)).rejects.toMatchObject({
      kind: 'rate-limited',
    });
    expect(authorizations('/repos/acme/payments/issues')).toHaveLength(1);
  });

  it('passes on that no token was given out', async () => {
    routes['/app/installations/1/access_tokens'] = json(
      { message: 'This installation has been suspended' },
      { status: 403 },
    );
    await expect(readPages(source())).rejects.toMatchObject({
      kind: 'forbidden',
      status: 403,
      source: 'github:github.com',
      operation: 'credentials for acme',
      message: expect.stringContaining('This installation has been suspended'),
    });
  });

  it('stops waiting for a token when it is aborted', async () => {
    routes['/app/installations'] = behaviours.silence();
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    await expect(
      readPages(source(), { signal: controller.signal }),
    ).rejects.toMatchObject({ name: 'AbortError' });
  });
});
