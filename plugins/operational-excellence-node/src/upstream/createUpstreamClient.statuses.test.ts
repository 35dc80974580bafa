import { behaviours } from '../testUtils/index';
import { clientHarness, failureOf, good } from './__testUtils__/clientHarness';

const { json, text } = behaviours;

describe('createUpstreamClient, statuses', () => {
  const harness = clientHarness();

  it.each([
    [400, 'rejected'],
    [401, 'unauthorized'],
    [402, 'rejected'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [409, 'rejected'],
    [410, 'not-found'],
    [422, 'rejected'],
    [304, 'invalid-response'],
  ])('reports %d as %s, at once', async (status, kind) => {
    harness.upstream.always(
      status === 304
        ? (_, response) => {
            response.writeHead(304).end();
          }
        : json({ message: 'No such thing' }, { status }),
    );
    const error = await failureOf(harness.read());
    expect(error).toMatchObject({
      kind,
      status,
      source: 'jira:acme',
      operation: 'GET /rest/items',
      mayHaveHappened: false,
    });
    expect(harness.upstream.received).toHaveLength(1);
    expect(error.message).toBe(
      `jira:acme: GET /rest/items answered ${status}: ${
        status === 304 ? 'Not Modified' : 'No such thing'
      }`,
    );
  });

  it.each([500, 502, 503, 504])('repeats a read after a %d', async status => {
    harness.upstream.always(json(good));
    harness.upstream.next(text('', { status }), text('', { status }));
    await expect(harness.read()).resolves.toMatchObject({
      body: good,
      requests: 3,
    });
  });

  it('does not repeat what is not implemented', async () => {
    harness.upstream.always(text('', { status: 501 }));
    expect((await failureOf(harness.read())).kind).toBe('unavailable');
    expect(harness.upstream.received).toHaveLength(1);
  });

  it('gives up after the attempts it has', async () => {
    harness.upstream.always(text('Bad gateway here', { status: 502 }));
    const error = await failureOf(harness.read({ attempts: 3 }));
    expect(error).toMatchObject({ kind: 'unavailable', status: 502 });
    expect(error.message).toContain('Bad gateway here');
    expect(harness.upstream.received).toHaveLength(3);
  });
});
