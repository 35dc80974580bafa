import { inspect } from 'node:util';
import { behaviours } from '../testUtils/index';
import { clientHarness, failureOf, good } from './__testUtils__/clientHarness';

const { json } = behaviours;

describe('createUpstreamClient, secrets', () => {
  const harness = clientHarness();

  it('does not repeat those that the upstream echoes', async () => {
    const basic = Buffer.from('bot:pa55-word').toString('base64');
    harness.upstream.always((request, response) => {
      response.writeHead(401, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({
          message: `Bad ${request.headers.authorization}, ${
            request.headers['x-api-key']
          }, pa55-word and ${request.url.searchParams.get('access_token')} at ${
            request.url.search
          }`,
        }),
      );
    });
    const error = await failureOf(
      harness.read(
        {
          headers: async () => ({
            authorization: `Basic ${basic}`,
            'x-api-key': 'k-0815-4711',
          }),
        },
        { query: { access_token: 'in-the-query', page: '7' } },
      ),
    );
    const everything = inspect(error, { depth: 10, showHidden: true });
    for (const secret of [basic, 'pa55-word', 'k-0815-4711', 'in-the-query']) {
      expect(everything).not.toContain(secret);
    }
    expect(error.message).toContain('page=7');
  });

  it('does not repeat a header that cannot be sent', async () => {
    const error = await failureOf(
      harness.read({
        headers: async () => ({ authorization: 'Bearer s3cr\net' }),
      }),
    );
    expect(error).toMatchObject({
      kind: 'unauthorized',
      mayHaveHappened: false,
    });
    expect(error.message).toContain(
      'a header has characters that cannot be sent',
    );
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(
      's3cr',
    );
  });

  it('says why there are no credentials', async () => {
    const error = await failureOf(
      harness.write({
        headers: async () => {
          throw new Error('The session has expired');
        },
      }),
    );
    expect(error).toMatchObject({
      kind: 'unauthorized',
      mayHaveHappened: false,
    });
    expect(error.message).toContain(
      'no credentials to call with: The session has expired',
    );
    expect(harness.upstream.received).toHaveLength(0);
  });

  it('tries again to get credentials when the network failed', async () => {
    harness.upstream.always(json(good));
    let attempts = 0;
    const response = await harness.read({
      headers: async () => {
        attempts += 1;
        if (attempts === 1) {
          throw new TypeError('fetch failed', {
            cause: Object.assign(new Error('connect'), {
              code: 'ECONNREFUSED',
            }),
          });
        }
        return { authorization: 'Bearer t2' };
      },
    });
    expect(response.requests).toBe(1);
    expect(attempts).toBe(2);
  });
});
