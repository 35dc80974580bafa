import { behaviours } from '../testUtils/index';
import { clientHarness, good } from './__testUtils__/clientHarness';

const { json, slowHeaders, text } = behaviours;

describe('createUpstreamClient, order and pace', () => {
  const harness = clientHarness();

  it('has no more requests under way than it may', async () => {
    harness.upstream.always(slowHeaders(30, json(good)));
    const limited = harness.client({ concurrency: 3 });
    await Promise.all(
      Array.from({ length: 12 }, () =>
        limited.request({ url: harness.upstream.url() }),
      ),
    );
    expect(harness.upstream.received).toHaveLength(12);
    expect(harness.upstream.mostUnderWay).toBe(3);
  });

  it('keeps the interval between the starts of requests', async () => {
    harness.upstream.always(json(good));
    const starts: number[] = [];
    const limited = harness.client({
      minIntervalMs: 60,
      concurrency: 10,
      headers: async () => {
        starts.push(performance.now());
        return {};
      },
    });
    await Promise.all(
      Array.from({ length: 5 }, () =>
        limited.request({ url: harness.upstream.url() }),
      ),
    );
    const intervals = starts.slice(1).map((start, i) => start - starts[i]);
    expect(intervals).toHaveLength(4);
    // Half of it, because a busy machine may delay the first of two.
    expect(Math.min(...intervals)).toBeGreaterThanOrEqual(30);
  });

  it('lets others go on while one waits to try again', async () => {
    harness.upstream
      .always(json(good))
      .next(text('', { status: 503, headers: { 'retry-after': '1' } }));
    const limited = harness.client({ concurrency: 1 });
    const waiting = limited.request({ url: harness.upstream.url('/waiting') });
    let hasWaited = false;
    waiting.then(() => {
      hasWaited = true;
    });
    await limited.request({ url: harness.upstream.url('/quick') });
    expect(hasWaited).toBe(false);
    await waiting;
    const [first, quick, second] = harness.upstream.received;
    expect(quick.url.pathname).toBe('/quick');
    expect(second.at - first.at).toBeGreaterThanOrEqual(990);
  });
});
