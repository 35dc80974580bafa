import {
  behaviours,
  MisbehavingUpstream,
} from 'backstage-plugin-operational-excellence-node/testUtils';
import { createSource, issueEvent, issueJson, scopeOf } from './__testUtils__';

const { json, redirect } = behaviours;

const NOW = Date.now();

describe('events of GithubTicketSource', () => {
  let upstream: MisbehavingUpstream;
  beforeEach(async () => {
    upstream = await MisbehavingUpstream.start();
  });
  afterEach(() => upstream.close());

  const source = () =>
    createSource({
      apiBaseUrl: upstream.url('').replace(/\/$/, ''),
      integration: { token: 'ghp_0123456789abcdef' },
    });
  const readHinted = async (...refs: string[]) => {
    const pieces = [];
    for await (const piece of source().readHinted(scopeOf('acme/payments'), {
      refs,
      signal: new AbortController().signal,
    })) {
      pieces.push(piece);
    }
    return pieces;
  };

  it.each(['opened', 'transferred', 'deleted', 'typed', 'of-next-year'])(
    'hint at the issue that was %s, in the key of its scope',
    action => {
      const event = issueEvent({
        action,
        repository: { full_name: 'Acme/Payments' },
        issue: { number: 12 },
      });
      expect(source().events.hintsOf(event)).toEqual([
        { scopeKey: 'acme/payments', ref: '12' },
      ]);
    },
  );

  it('are those that the GitHub events module publishes', () => {
    expect(source().events.topics).toEqual(['github.issues']);
  });

  it('do not lead to pull requests', async () => {
    upstream.always(json({ ...issueJson(12, NOW), pull_request: {} }));
    expect(await readHinted('12')).toEqual([
      { tickets: [], isOneGone: false, requests: 1 },
    ]);
  });

  it.each([
    ['deleted', json({ message: 'This issue was deleted' }, { status: 410 })],
    ['hidden', json({ message: 'Not Found' }, { status: 404 })],
    [
      'transferred',
      redirect('https://api.github.com/repositories/7/issues/3', 301),
    ],
  ])('lead to the knowledge that an issue was %s', async (_, behaviour) => {
    upstream.always((request, response) =>
      (request.url.pathname.endsWith('/12')
        ? behaviour
        : json(issueJson(13, NOW)))(request, response),
    );
    const [piece, ...more] = await readHinted('12', '13');
    expect(more).toEqual([]);
    expect(piece).toMatchObject({ isOneGone: true, requests: 2 });
    expect(piece.tickets.map(({ key }) => key)).toEqual(['acme/payments#13']);
  });

  it('let no issue pass for gone when the token was revoked', async () => {
    upstream.always(json({ message: 'Bad credentials' }, { status: 401 }));
    await expect(readHinted('12')).rejects.toMatchObject({
      kind: 'unauthorized',
    });
  });

  it('are read with few requests at once', async () => {
    upstream.always((request, response) =>
      json(issueJson(Number(request.url.pathname.split('/').at(-1)), NOW))(
        request,
        response,
      ),
    );
    const refs = Array.from({ length: 50 }, (_, i) => String(i + 1));
    const pieces = await readHinted(...refs);
    expect(pieces.flatMap(({ tickets }) => tickets)).toHaveLength(50);
    expect(upstream.mostUnderWay).toBeLessThanOrEqual(4);
  });

  it.each(['0', '-1', '1/comments', '1e3', ''])(
    'lead nowhere by %p',
    async ref => {
      await expect(readHinted(ref)).rejects.toThrow(
        'is not the number of an issue',
      );
      expect(upstream.received).toEqual([]);
    },
  );

  it('suggest the repository that a service comes from, on its host', () => {
    const suggestionsFor = (location: string) =>
      source().suggestionsFor({
        entityRef: 'component:default/payments',
        title: 'Payments',
        annotations: { 'backstage.io/source-location': location },
      });
    expect(
      suggestionsFor('url:https://github.com/acme/payments/tree/main/'),
    ).toEqual([
      { annotation: 'github.com/project-slug', value: 'acme/payments' },
    ]);
    expect(
      suggestionsFor('url:https://ghe.acme.example/acme/payments'),
    ).toEqual([]);
  });
});
