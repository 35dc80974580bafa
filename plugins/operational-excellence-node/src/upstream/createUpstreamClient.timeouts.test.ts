import { behaviours } from '../testUtils/index';
import { clientHarness, failureOf, good } from './__testUtils__/clientHarness';

const { json, silence, slowBody, slowHeaders } = behaviours;

describe('createUpstreamClient, time-outs', () => {
  const harness = clientHarness();

  it('counts the time to the first byte', async () => {
    harness.upstream.always(slowHeaders(5_000, json(good)));
    const error = await failureOf(
      harness.read({ attempts: 1, timeoutMs: 100 }),
    );
    expect(error).toMatchObject({ kind: 'timeout', status: undefined });
    expect(error.message).toContain('no complete answer within 100 ms');
  });

  it('counts the time to the last byte', async () => {
    harness.upstream.always(slowBody({ pieces: 1_000, everyMs: 30 }, good));
    const startedAt = performance.now();
    const error = await failureOf(
      harness.read({ attempts: 1, timeoutMs: 200 }),
    );
    expect(error.kind).toBe('timeout');
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  it('lets a slow answer come that is in time', async () => {
    harness.upstream.always(slowBody({ pieces: 5, everyMs: 20 }, good));
    await expect(harness.read()).resolves.toMatchObject({
      body: good,
      requests: 1,
    });
  });

  it('tries a read again', async () => {
    harness.upstream.always(json(good)).next(silence());
    await expect(harness.read({ timeoutMs: 500 })).resolves.toMatchObject({
      requests: 2,
    });
  });

  it('counts the time that the credentials take', async () => {
    const never = new Promise<Record<string, string>>(() => {});
    const error = await failureOf(
      harness.write({ headers: () => never, timeoutMs: 50 }),
    );
    expect(error).toMatchObject({ kind: 'timeout', mayHaveHappened: false });
    expect(harness.upstream.received).toHaveLength(0);
  });
});
