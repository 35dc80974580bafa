import { TestDatabases } from '@backstage/backend-test-utils';
import { uniqueToken } from './__testUtils__/FisClient';
import { START, TestEndpoint } from './__testUtils__/startEndpoint';
import { signFisRequest } from './sigv4';

const ADMIN = {
  accessKeyId: 'AKIA0000000000000001',
  secretAccessKey: 'admin-secret',
};
const READER = {
  accessKeyId: 'AKIA0000000000000002',
  secretAccessKey: 'reader-secret',
};
const OTHER = {
  accessKeyId: 'AKIA0000000000000003',
  secretAccessKey: 'other-secret',
};

describe('access to the local FIS endpoint', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let endpoint: TestEndpoint;

  beforeEach(async () => {
    endpoint = await TestEndpoint.start(await databases.init('SQLITE_3'), {
      credentials: [
        { ...ADMIN, accountId: '111111111111' },
        { ...READER, accountId: '111111111111', allow: ['fis:List*'] },
        { ...OTHER, accountId: '222222222222' },
      ],
    });
  });

  afterEach(async () => {
    await endpoint.close();
  });

  /** A request as it is signed, and then changed on its way. */
  async function send(
    change: (request: {
      url: URL;
      method: string;
      headers: Record<string, string>;
      body?: string;
    }) => void,
    sign: Partial<Parameters<typeof signFisRequest>[0]> = {},
  ) {
    const url = new URL(`${endpoint.url}/experiments?maxResults=5`);
    const request: Parameters<typeof change>[0] = {
      url,
      method: 'GET',
      headers: await signFisRequest({
        method: 'GET',
        url,
        region: 'eu-west-1',
        credentials: ADMIN,
        signingDate: new Date(endpoint.now),
        ...sign,
      }),
    };
    change(request);
    const response = await fetch(request.url, request);
    return [response.status, response.headers.get('x-amzn-errortype')];
  }

  it('takes what is signed as it should be', async () => {
    await expect(send(() => {})).resolves.toEqual([200, null]);
  });

  it.each<[string, Parameters<typeof send>, [number, string]]>([
    [
      'no signature',
      [request => (request.headers = {})],
      [403, 'MissingAuthenticationTokenException'],
    ],
    [
      'another scheme',
      [request => (request.headers.authorization = 'Bearer abc')],
      [400, 'IncompleteSignatureException'],
    ],
    [
      'half a signature',
      [
        ({ headers }) => {
          headers.authorization = headers.authorization.replace(
            /, Signature=.*/,
            '',
          );
        },
      ],
      [400, 'IncompleteSignatureException'],
    ],
    [
      'an unknown key',
      [
        () => {},
        { credentials: { ...ADMIN, accessKeyId: 'AKIA9999999999999999' } },
      ],
      [403, 'UnrecognizedClientException'],
    ],
    [
      'a wrong secret',
      [() => {}, { credentials: { ...ADMIN, secretAccessKey: 'guess' } }],
      [403, 'InvalidSignatureException'],
    ],
    [
      'a changed query',
      [({ url }) => url.searchParams.set('maxResults', '6')],
      [403, 'InvalidSignatureException'],
    ],
    [
      'a changed path',
      [request => (request.url = new URL('/experimentTemplates', request.url))],
      [403, 'InvalidSignatureException'],
    ],
    [
      'a changed method and body',
      [
        request => {
          request.method = 'POST';
          request.body = '{}';
        },
      ],
      [403, 'InvalidSignatureException'],
    ],
    [
      'an old signature',
      [() => {}, { signingDate: new Date(START - 6 * 60_000) }],
      [403, 'InvalidSignatureException'],
    ],
    [
      'a signature from the future',
      [() => {}, { signingDate: new Date(START + 6 * 60_000) }],
      [403, 'InvalidSignatureException'],
    ],
    [
      'a Region that is none',
      [() => {}, { region: 'mars' }],
      [403, 'InvalidSignatureException'],
    ],
    [
      'a query that is not encoded',
      [request => (request.url = new URL('/experiments?a=%zz', request.url))],
      [400, 'ValidationException'],
    ],
  ])('refuses %s', async (_, [change, sign], expected) => {
    await expect(send(change, sign)).resolves.toEqual(expected);
  });

  it('refuses what the key may not do, and says what that is', async () => {
    const reader = endpoint.client({ credentials: READER });
    await reader.ok('GET', '/experiments');
    await expect(
      reader.call('GET', '/experiments/EXP1'),
    ).resolves.toMatchObject({
      status: 403,
      errorType: 'AccessDeniedException',
      body: {
        message:
          'User: arn:aws:iam::111111111111:user/AKIA0000000000000002 is not authorized to perform: fis:GetExperiment',
      },
    });
  });

  it('keeps accounts and Regions apart', async () => {
    const admin = endpoint.client({ credentials: ADMIN });
    const clientToken = uniqueToken();
    const templateId = await admin.createTemplate({ clientToken });
    const { id, arn } = await admin.start(templateId);
    expect(arn).toBe(`arn:aws:fis:eu-west-1:111111111111:experiment/${id}`);

    for (const stranger of [
      endpoint.client({ credentials: OTHER }),
      endpoint.client({ credentials: ADMIN, region: 'eu-central-1' }),
    ]) {
      await expect(stranger.ok('GET', '/experiments')).resolves.toEqual({
        experiments: [],
      });
      for (const path of [
        `/experiments/${id}`,
        `/experimentTemplates/${templateId}`,
      ]) {
        await expect(stranger.call('GET', path)).resolves.toMatchObject({
          status: 404,
        });
        await expect(stranger.call('DELETE', path)).resolves.toMatchObject({
          status: 404,
        });
      }
      await expect(
        stranger.call('GET', `/tags/${encodeURIComponent(arn)}`),
      ).resolves.toMatchObject({ status: 400 });
      await expect(stranger.createTemplate({ clientToken })).resolves.not.toBe(
        templateId,
      );
    }
  });

  it('answers what it does not know as AWS does', async () => {
    const admin = endpoint.client({ credentials: ADMIN });
    await expect(
      admin.call('GET', '/targetResourceTypes'),
    ).resolves.toMatchObject({
      status: 404,
      errorType: 'UnknownOperationException',
    });
    await expect(
      admin.call('GET', '/safetyLevers/other'),
    ).resolves.toMatchObject({
      status: 404,
      errorType: 'ResourceNotFoundException',
    });
  });

  it.each<[string, string, [number, string]]>([
    ['is not JSON', '{"clientToken":', [400, 'SerializationException']],
    [
      'is too large',
      ' '.repeat(10 * 1024 * 1024 + 1),
      [413, 'RequestEntityTooLargeException'],
    ],
  ])('refuses a body that %s', async (_, body, expected) => {
    const url = new URL(`${endpoint.url}/experiments`);
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: await signFisRequest({
        method: 'POST',
        url,
        body,
        region: 'eu-west-1',
        credentials: ADMIN,
        signingDate: new Date(endpoint.now),
      }),
    });
    expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual(
      expected,
    );
  });
});
