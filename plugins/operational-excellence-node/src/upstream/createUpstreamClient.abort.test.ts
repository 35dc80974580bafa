import { behaviours } from '../testUtils/index';
import {
  abortedWhileWaiting,
  clientHarness,
  good,
} from './__testUtils__/clientHarness';

const { json, rateLimited, silence, slowBody } = behaviours;

/** Refuses, and takes its time to say why. */
function slowRefusal(): behaviours.Behaviour {
  return (_, response) => {
    response.writeHead(403);
    response.write('Because');
  };
}

describe('createUpstreamClient, abort', () => {
  const harness = clientHarness();
  const promptly = { name: 'AbortError', afterMs: expect.any(Number) };

  it('asks nothing when it came before', async () => {
    await expect(
      harness.read(undefined, { signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ name: 'AbortError' });
    expect(harness.upstream.received).toHaveLength(0);
  });

  it.each([
    ['for the first byte', silence()],
    ['for the body', slowBody({ pieces: 1_000, everyMs: 20 }, good)],
    ['to try again', rateLimited({ retryAfter: '30' })],
    ['for the words of a refusal', slowRefusal()],
  ])('ends the wait %s', async (_, behaviour) => {
    harness.upstream.always(behaviour);
    const ended = await abortedWhileWaiting(signal =>
      harness.read({ timeoutMs: 20_000 }, { signal }),
    );
    expect(ended).toEqual(promptly);
    expect(ended.afterMs).toBeLessThan(2_000);
  });

  it('ends the wait for the credentials', async () => {
    const never = new Promise<Record<string, string>>(() => {});
    const ended = await abortedWhileWaiting(signal =>
      harness.read({ timeoutMs: 20_000, headers: () => never }, { signal }),
    );
    expect(ended).toEqual(promptly);
    expect(ended.afterMs).toBeLessThan(2_000);
  });

  it('ends the wait for a turn, and asks nothing later', async () => {
    harness.upstream.always(silence());
    const busy = harness.client({ concurrency: 1, timeoutMs: 20_000 });
    const controller = new AbortController();
    const first = busy.request({
      url: harness.upstream.url('/first'),
      signal: controller.signal,
    });
    const ended = await abortedWhileWaiting(signal =>
      busy.request({ url: harness.upstream.url('/second'), signal }),
    );
    expect(ended).toEqual(promptly);
    expect(ended.afterMs).toBeLessThan(2_000);
    controller.abort();
    await expect(first).rejects.toMatchObject({ name: 'AbortError' });
    harness.upstream.always(json(good));
    await busy.request({ url: harness.upstream.url('/third') });
    expect(harness.upstream.received.map(({ url }) => url.pathname)).toEqual([
      '/first',
      '/third',
    ]);
  });

  it('ends the wait for the interval', async () => {
    harness.upstream.always(json(good));
    const slow = harness.client({ minIntervalMs: 20_000 });
    await slow.request({ url: harness.upstream.url() });
    const ended = await abortedWhileWaiting(signal =>
      slow.request({ url: harness.upstream.url(), signal }),
    );
    expect(ended).toEqual(promptly);
    expect(ended.afterMs).toBeLessThan(2_000);
    expect(harness.upstream.received).toHaveLength(1);
  });

  it('is no failure of the upstream', async () => {
    const patient = harness.client({
      attempts: 1,
      circuitBreaker: { failures: 2, retryAfterMs: 10_000 },
    });
    harness.upstream.always(silence());
    for (let attempt = 0; attempt < 4; attempt++) {
      await expect(
        patient.request({
          url: harness.upstream.url(),
          signal: AbortSignal.timeout(20),
        }),
      ).rejects.toMatchObject({ name: 'AbortError' });
    }
    harness.upstream.always(json(good));
    await expect(
      patient.request({ url: harness.upstream.url() }),
    ).resolves.toMatchObject({ status: 200 });
  });
});
