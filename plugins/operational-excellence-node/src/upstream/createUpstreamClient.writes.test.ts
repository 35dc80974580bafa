import { behaviours } from '../testUtils/index';
import { clientHarness, failureOf, good } from './__testUtils__/clientHarness';

const { afterWork, html, json, rateLimited, reset, resetAfter, silence, text } =
  behaviours;

describe('createUpstreamClient, writes', () => {
  const harness = clientHarness();

  it.each([
    ['a reset', reset(), 'unavailable', true],
    ['a reset in the body', resetAfter(4, good), 'unavailable', true],
    ['a 500', text('', { status: 500 }), 'unavailable', true],
    [
      'a 503 with Retry-After',
      text('', { status: 503, headers: { 'retry-after': '1' } }),
      'unavailable',
      true,
    ],
    ['an answer that is no JSON', html(), 'invalid-response', true],
    ['a 422', text('', { status: 422 }), 'rejected', false],
    ['a 401', text('', { status: 401 }), 'unauthorized', false],
    ['a rate limit', rateLimited(), 'rate-limited', false],
  ])(
    'is not repeated after %s, and says whether it may have happened',
    async (_, behaviour, kind, mayHaveHappened) => {
      let done = 0;
      harness.upstream.always(
        afterWork(() => {
          done += 1;
        }, behaviour),
      );
      const error = await failureOf(harness.write());
      expect(error).toMatchObject({
        kind,
        mayHaveHappened,
        operation: 'POST /rest/items',
      });
      expect(done).toBe(1);
    },
  );

  it('is not repeated without an answer in time, and may have happened', async () => {
    harness.upstream.always(silence());
    const error = await failureOf(harness.write({ timeoutMs: 500 }));
    expect(error).toMatchObject({ kind: 'timeout', mayHaveHappened: true });
    expect(harness.upstream.received).toHaveLength(1);
  });

  it.each(['PUT', 'PATCH', 'DELETE'] as const)(
    'counts %s as one',
    async method => {
      harness.upstream.always(text('', { status: 500 }));
      const error = await failureOf(harness.write(undefined, { method }));
      expect(error.mayHaveHappened).toBe(true);
      expect(harness.upstream.received).toHaveLength(1);
    },
  );

  it('does not count a POST that only reads', async () => {
    harness.upstream.always(json(good)).next(text('', { status: 500 }));
    await expect(
      harness.write(undefined, { readOnly: true }),
    ).resolves.toMatchObject({ requests: 2 });
  });

  it('says of a read that nothing happened', async () => {
    harness.upstream.always(silence());
    const error = await failureOf(harness.read({ attempts: 1, timeoutMs: 50 }));
    expect(error.mayHaveHappened).toBe(false);
  });
});
