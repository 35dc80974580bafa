import { behaviours } from '../testUtils/index';
import { clientHarness, failureOf, good } from './__testUtils__/clientHarness';

const { json, rateLimited, text } = behaviours;

describe('createUpstreamClient, rate limits', () => {
  const harness = clientHarness();

  it('waits as many seconds as it is told', async () => {
    harness.upstream.always(json(good)).next(rateLimited({ retryAfter: '1' }));
    const startedAt = Date.now();
    await expect(harness.read()).resolves.toMatchObject({ requests: 2 });
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(990);
    const [first, second] = harness.upstream.received;
    expect(second.at - first.at).toBeGreaterThanOrEqual(990);
  });

  it('waits until a date, by the clock of the upstream', async () => {
    // The upstream's clock is an hour ahead.
    const theirNow = Date.now() + 3_600_000;
    harness.upstream.always(json(good)).next((_, response) => {
      response.writeHead(429, {
        date: new Date(theirNow).toUTCString(),
        'retry-after': new Date(theirNow + 1_000).toUTCString(),
      });
      response.end();
    });
    await expect(harness.read()).resolves.toMatchObject({ requests: 2 });
    const [first, second] = harness.upstream.received;
    expect(second.at - first.at).toBeGreaterThanOrEqual(990);
    expect(second.at - first.at).toBeLessThan(3_000);
  });

  it('backs off where it is not told how long', async () => {
    harness.upstream.always(json(good)).next(rateLimited(), rateLimited());
    await expect(harness.read()).resolves.toMatchObject({ requests: 3 });
  });

  it.each(['soon', '-5', '', '1,5'])(
    'takes Retry-After: %j for none',
    async retryAfter => {
      harness.upstream.always(rateLimited({ retryAfter }));
      const error = await failureOf(harness.read({ attempts: 1 }));
      expect(error).toMatchObject({
        kind: 'rate-limited',
        retryAt: undefined,
      });
    },
  );

  it('fails with the instant where the wait is too long', async () => {
    harness.upstream.always(rateLimited({ retryAfter: '3600' }));
    const now = Date.now();
    const error = await failureOf(harness.read());
    expect(error).toMatchObject({ kind: 'rate-limited', status: 429 });
    expect(error.retryAt).toBeGreaterThanOrEqual(now + 3_600_000);
    expect(error.retryAt).toBeLessThan(now + 3_610_000);
    expect(harness.upstream.received).toHaveLength(1);
  });

  it('is not silenced for good', async () => {
    harness.upstream.always(rateLimited({ retryAfter: '9'.repeat(30) }));
    const error = await failureOf(harness.read());
    expect(error.retryAt).toBeLessThanOrEqual(Date.now() + 86_400_000);
  });

  it('leaves the host alone for all calls of the client', async () => {
    const limited = harness.client();
    harness.upstream
      .always(json(good))
      .next(rateLimited({ retryAfter: '3600' }));
    const url = harness.upstream.url();
    const { retryAt } = await failureOf(limited.request({ url }));
    const error = await failureOf(limited.request({ url }));
    expect(error).toMatchObject({ kind: 'rate-limited', retryAt });
    expect(error.message).toContain('not asked');
    expect(harness.upstream.received).toHaveLength(1);
    // Another host is another matter, and so is another client.
    const other = await harness.startUpstream();
    await limited.request({ url: other.url() });
    await harness.client().request({ url });
    expect(harness.upstream.received).toHaveLength(2);
  });

  it('knows the signs of a vendor', async () => {
    const resetAt = Math.ceil(Date.now() / 1000) + 1_800;
    harness.upstream.always(
      json(
        { message: 'API rate limit exceeded' },
        {
          status: 403,
          headers: {
            'x-ratelimit-remaining': '0',
            'x-ratelimit-reset': String(resetAt),
          },
        },
      ),
    );
    const error = await failureOf(
      harness.read({
        isRateLimited: ({ status, headers }) =>
          status === 403 && headers.get('x-ratelimit-remaining') === '0',
        retryAt: ({ headers }) =>
          Number(headers.get('x-ratelimit-reset')) * 1000,
      }),
    );
    expect(error).toMatchObject({
      kind: 'rate-limited',
      status: 403,
      retryAt: resetAt * 1000,
    });
  });

  it('honours Retry-After of a 503', async () => {
    harness.upstream.always(
      text('Maintenance', { status: 503, headers: { 'retry-after': '600' } }),
    );
    const error = await failureOf(harness.read());
    expect(error.kind).toBe('unavailable');
    expect(error.retryAt).toBeGreaterThan(Date.now() + 590_000);
    expect(harness.upstream.received).toHaveLength(1);
  });
});
