import { behaviours } from '../testUtils/index';
import { clientHarness, good, TOKEN } from './__testUtils__/clientHarness';

const { json, text } = behaviours;

describe('createUpstreamClient, requests', () => {
  const harness = clientHarness();

  it('sends the query, the headers and a JSON body, and reads the answer', async () => {
    harness.upstream.always(json(good, { headers: { 'x-page': '2' } }));
    const response = await harness.read(undefined, {
      method: 'POST',
      readOnly: true,
      query: { a: 'b c', n: 5, yes: true, none: undefined },
      headers: { 'x-own': 'mine' },
      body: { jql: 'updated >= 1' },
    });
    expect(response).toMatchObject({ status: 200, body: good, requests: 1 });
    expect(response.headers.get('x-page')).toBe('2');
    const [request] = harness.upstream.received;
    expect(request).toMatchObject({
      method: 'POST',
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${TOKEN}`,
        'content-type': 'application/json',
        'x-own': 'mine',
      },
      body: '{"jql":"updated >= 1"}',
    });
    expect(request.url.search).toBe('?a=b+c&n=5&yes=true');
  });

  it('asks for the headers anew for every attempt, with what is signed', async () => {
    harness.upstream.next(text('', { status: 502 })).always(json(good));
    harness.upstream.next(text('', { status: 502 }));
    const headers = jest.fn(async () => ({ authorization: 'Bearer t1' }));
    await harness.read({ headers }, { query: { page: 2 } });
    expect(headers).toHaveBeenCalledTimes(2);
    expect(headers).toHaveBeenCalledWith({
      method: 'GET',
      url: new URL(harness.upstream.url('/rest/items?page=2')),
      body: undefined,
    });
  });

  it('does not read a body that nobody asked for', async () => {
    harness.upstream.always(text('no JSON at all'));
    const response = await harness
      .client()
      .request({ url: harness.upstream.url() });
    expect(response).toMatchObject({ status: 200, body: undefined });
  });

  it('hands over a status that was said to be an answer', async () => {
    harness.upstream.always(
      json({ message: 'Issues are disabled' }, { status: 410 }),
    );
    const response = await harness.read(undefined, { accept: [410] });
    expect(response).toMatchObject({ status: 410, body: undefined });
  });

  it.each(['ftp://example.com/', 'not an address', 'http://me:pw@127.0.0.1/'])(
    'does not call %s, nor repeat credentials in it',
    async url => {
      const attempt = harness.client().request({ url });
      await expect(attempt).rejects.toMatchObject({ name: 'InputError' });
      await expect(attempt).rejects.toThrow(/^jira:acme: /);
      await expect(attempt).rejects.not.toThrow(/pw/);
    },
  );

  it('logs what was called, and nothing that was said', async () => {
    harness.upstream.always(json(good));
    await harness.read(undefined, {
      query: { q: 'private words' },
      method: 'POST',
      readOnly: true,
      body: { b: 'private words' },
    });
    expect(harness.logger.debug.mock.calls).toEqual([
      [
        'Called an upstream',
        {
          source: 'jira:acme',
          method: 'POST',
          host: `127.0.0.1:${harness.upstream.port}`,
          path: '/rest/items',
          status: 200,
          ms: expect.any(Number),
        },
      ],
    ]);
    for (const level of ['info', 'warn', 'error'] as const) {
      expect(harness.logger[level]).not.toHaveBeenCalled();
    }
  });
});
