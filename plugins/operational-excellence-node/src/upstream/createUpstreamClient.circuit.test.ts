import { behaviours } from '../testUtils/index';
import { clientHarness, failureOf, good } from './__testUtils__/clientHarness';

const { json, reset, silence, slowHeaders, text } = behaviours;

describe('createUpstreamClient, a host that is down', () => {
  const harness = clientHarness();

  const circuitBreaker = { failures: 3, retryAfterMs: 60_000 };

  afterEach(() => jest.restoreAllMocks());

  function aMinuteLater() {
    const now = Date.now.bind(Date);
    jest.spyOn(Date, 'now').mockImplementation(() => now() + 60_000);
  }

  async function breakDown(broken: ReturnType<typeof harness.client>) {
    harness.upstream.always(text('Out of order', { status: 500 }));
    for (let attempt = 0; attempt < 3; attempt++) {
      await failureOf(broken.request({ url: harness.upstream.url() }));
    }
    expect(harness.upstream.received).toHaveLength(3);
  }

  it('is not asked for a while, and its callers are told why', async () => {
    const broken = harness.client({ attempts: 1, circuitBreaker });
    const before = Date.now();
    await breakDown(broken);
    const error = await failureOf(
      broken.request({ url: harness.upstream.url(), method: 'POST', body: {} }),
    );
    expect(error).toMatchObject({
      kind: 'unavailable',
      mayHaveHappened: false,
    });
    const [, since] = /is considered down since (\S+);/.exec(error.message)!;
    expect(Date.parse(since)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(since)).toBeLessThanOrEqual(
      harness.upstream.received[0].at,
    );
    expect(error.message).toContain('last: Out of order');
    expect(error.retryAt).toBeGreaterThan(Date.now());
    expect(harness.upstream.received).toHaveLength(3);
  });

  it('is asked once more after a while, and stays down if that fails', async () => {
    const broken = harness.client({ attempts: 1, circuitBreaker });
    await breakDown(broken);
    aMinuteLater();
    harness.upstream.always(slowHeaders(50, text('Still', { status: 500 })));
    const errors = await Promise.all(
      Array.from({ length: 4 }, () =>
        failureOf(broken.request({ url: harness.upstream.url() })),
      ),
    );
    expect(harness.upstream.received).toHaveLength(4);
    expect(
      errors.filter(error => error.message.includes('not asked')),
    ).toHaveLength(3);
  });

  it('is taken up again when it answers', async () => {
    const broken = harness.client({ attempts: 1, circuitBreaker });
    await breakDown(broken);
    aMinuteLater();
    // A refusal is an answer as well.
    harness.upstream.always(json(good)).next(text('', { status: 404 }));
    await failureOf(broken.request({ url: harness.upstream.url() }));
    await broken.request({ url: harness.upstream.url() });
    expect(harness.upstream.received).toHaveLength(5);
  });

  it('is not taken up because a caller lost patience', async () => {
    const broken = harness.client({ attempts: 1, circuitBreaker });
    await breakDown(broken);
    aMinuteLater();
    harness.upstream.always(silence());
    await expect(
      broken.request({
        url: harness.upstream.url(),
        signal: AbortSignal.timeout(30),
      }),
    ).rejects.toMatchObject({ name: 'AbortError' });
    const error = await failureOf(
      broken.request({ url: harness.upstream.url() }),
    );
    expect(error.message).toContain('is considered down');
  });

  it('is not called down for what it refuses', async () => {
    const refused = harness.client({ attempts: 1, circuitBreaker });
    harness.upstream.always(text('', { status: 404 }));
    for (let attempt = 0; attempt < 10; attempt++) {
      await failureOf(refused.request({ url: harness.upstream.url() }));
    }
    expect(harness.upstream.received).toHaveLength(10);
  });

  it('needs failures in a row', async () => {
    const shaky = harness.client({ attempts: 1, circuitBreaker });
    for (let round = 0; round < 4; round++) {
      harness.upstream
        .always(json(good))
        .next(text('', { status: 500 }), reset(), text('', { status: 404 }));
      for (let attempt = 0; attempt < 3; attempt++) {
        await failureOf(shaky.request({ url: harness.upstream.url() }));
      }
    }
    expect(harness.upstream.received).toHaveLength(12);
  });

  it('does not count for another host', async () => {
    const broken = harness.client({ attempts: 1, circuitBreaker });
    await breakDown(broken);
    const other = await harness.startUpstream();
    await broken.request({ url: other.url() });
    expect(other.received).toHaveLength(1);
  });
});
