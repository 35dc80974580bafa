import { behaviours, MisbehavingUpstream } from '../testUtils/index';
import { clientHarness, failureOf, good } from './__testUtils__/clientHarness';

const {
  endlessBody,
  garbage,
  html,
  json,
  reset,
  resetAfter,
  text,
  truncatedJson,
} = behaviours;

describe('createUpstreamClient, broken connections and answers', () => {
  const harness = clientHarness();

  it.each([
    ['a reset without an answer', reset()],
    ['a reset in the middle of the body', resetAfter(5, good)],
    ['an answer that is no HTTP', garbage()],
  ])(
    'reports %s as unavailable, after it tried again',
    async (_, behaviour) => {
      harness.upstream.always(behaviour);
      const error = await failureOf(harness.read({ attempts: 2 }));
      expect(error).toMatchObject({ kind: 'unavailable', status: undefined });
      expect(harness.upstream.received).toHaveLength(2);
    },
  );

  it('recovers from a reset', async () => {
    harness.upstream.always(json(good)).next(reset(), resetAfter(3, good));
    await expect(harness.read()).resolves.toMatchObject({ requests: 3 });
  });

  it('reports that nobody listens', async () => {
    const gone = await MisbehavingUpstream.start();
    const url = gone.url();
    await gone.close();
    const error = await failureOf(
      harness
        .client({ attempts: 1 })
        .request({ url, method: 'POST', body: {} }),
    );
    expect(error).toMatchObject({
      kind: 'unavailable',
      mayHaveHappened: false,
    });
    expect(error.message).toContain('the connection was refused');
  });

  it('reports that a name does not resolve', async () => {
    const error = await failureOf(
      harness.client({ attempts: 1 }).request({
        url: 'http://no-such-host.invalid/',
        method: 'POST',
        body: {},
      }),
    );
    expect(error).toMatchObject({
      kind: 'unavailable',
      mayHaveHappened: false,
    });
    expect(error.message).toContain('the host name could not be resolved');
  });

  it('reports a connection that is not secure, before it sends', async () => {
    const error = await failureOf(
      harness.client({ attempts: 1 }).request({
        url: harness.upstream.url().replace('http:', 'https:'),
        method: 'POST',
        body: {},
      }),
    );
    expect(error).toMatchObject({
      kind: 'unavailable',
      mayHaveHappened: false,
    });
    expect(error.message).toContain('no secure connection');
  });

  it.each([
    [
      'a page for people',
      html({ title: 'Sign in &amp; go on' }),
      'expected JSON, got an HTML page: Sign in & go on',
    ],
    [
      'JSON that ends early',
      truncatedJson({ items: [{ id: 1 }, { id: 2 }] }),
      'the JSON is damaged or ends early: {"items":[{"id',
    ],
    ['nothing', text(''), 'expected JSON, got an empty answer'],
    ['some text', text('All is well'), 'expected JSON, got: All is well'],
    [
      'values of the wrong type',
      json({ items: [{ id: 1 }, { id: 'two' }] }),
      'items[1].id: Invalid input: expected number, received string',
    ],
    [
      'another shape altogether',
      json([]),
      'the answer: Invalid input: expected object, received array',
    ],
  ])('refuses %s with status 200, at once', async (_, behaviour, detail) => {
    harness.upstream.always(behaviour);
    const error = await failureOf(harness.read());
    expect(error).toMatchObject({ kind: 'invalid-response', status: 200 });
    expect(error.message).toContain(detail);
    expect(harness.upstream.received).toHaveLength(1);
  });

  it('stops reading at the limit', async () => {
    harness.upstream.always(endlessBody());
    const error = await failureOf(
      harness.read({ maxResponseBytes: 200_000, timeoutMs: 5_000 }),
    );
    expect(error).toMatchObject({ kind: 'invalid-response', status: 200 });
    expect(error.message).toContain('larger than 200000 bytes');
  });

  it('reads an answer that is exactly as large as the limit', async () => {
    harness.upstream.always(json(good));
    const maxResponseBytes = JSON.stringify(good).length;
    await expect(harness.read({ maxResponseBytes })).resolves.toMatchObject({
      body: good,
    });
    const error = await failureOf(
      harness.read({ maxResponseBytes: maxResponseBytes - 1 }),
    );
    expect(error.kind).toBe('invalid-response');
  });

  it('does not wait for the end of an endless refusal', async () => {
    harness.upstream.always((_, response) => {
      response.writeHead(403);
      response.write('No entry. '.repeat(5_000));
    });
    const error = await failureOf(harness.read());
    expect(error).toMatchObject({ kind: 'forbidden', status: 403 });
    expect(error.message).toContain('No entry.');
  });

  it('keeps the status of a refusal whose words do not arrive', async () => {
    harness.upstream.always((_, response) => {
      response.writeHead(401, { 'content-length': '100' });
      response.write('{');
    });
    const error = await failureOf(harness.read({ timeoutMs: 1_000 }));
    expect(error).toMatchObject({ kind: 'unauthorized', status: 401 });
  });
});
