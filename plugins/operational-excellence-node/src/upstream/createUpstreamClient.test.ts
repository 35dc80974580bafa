import { mockServices } from '@backstage/backend-test-utils';
import { z } from 'zod';
import { behaviours, MisbehavingUpstream } from '../testUtils/index';
import { createUpstreamClient } from './createUpstreamClient';

const { json } = behaviours;

describe('createUpstreamClient', () => {
  it('reads a JSON answer', async () => {
    const upstream = await MisbehavingUpstream.start();
    upstream.always(json({ ok: 1 }));
    const client = createUpstreamClient({
      source: 'test',
      logger: mockServices.logger.mock(),
    });
    await expect(
      client.request({
        url: upstream.url('/a'),
        query: { b: 'c' },
        schema: z.object({ ok: z.number() }),
      }),
    ).resolves.toMatchObject({ status: 200, body: { ok: 1 }, requests: 1 });
    await upstream.close();
  });
});
