import {
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import { FisClient } from './__testUtils__/FisClient';
import { awsFisLocalPlugin } from './plugin';

let backend: TestBackend;

async function start(data: object) {
  backend = await startTestBackend({
    features: [
      awsFisLocalPlugin,
      mockServices.rootConfig.factory({ data: { ...data } }),
    ],
  });
  return `http://localhost:${backend.server.port()}/api/aws-fis-local`;
}

describe('awsFisLocalPlugin', () => {
  afterEach(() => backend.stop());

  it('is not there unless it is configured', async () => {
    const baseUrl = await start({});
    const response = await fetch(`${baseUrl}/experiments`);
    expect(response.status).toBe(404);
    expect(response.headers.get('x-amzn-errortype')).toBeNull();
  });

  it('serves callers that sign, and needs no Backstage token', async () => {
    const baseUrl = await start({ awsFisLocal: {} });
    await expect(
      new FisClient({ baseUrl }).call('GET', '/experiments?maxResults=10'),
    ).resolves.toMatchObject({ status: 200, body: { experiments: [] } });

    const unsigned = await fetch(`${baseUrl}/experiments`);
    expect(unsigned.status).toBe(403);
    expect(unsigned.headers.get('x-amzn-errortype')).toBe(
      'MissingAuthenticationTokenException',
    );
  });
});
