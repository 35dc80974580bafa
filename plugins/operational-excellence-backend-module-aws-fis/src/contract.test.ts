import { ConfigReader } from '@backstage/config';
import { DefaultAwsCredentialsManager } from '@backstage/integration-aws-node';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { experimentSourceContract } from 'backstage-plugin-operational-excellence-node/testUtils';
import {
  CREDENTIALS,
  LocalFis,
  useSettableClock,
} from './__testUtils__/LocalFis';
import { createAwsFisSources } from './createAwsFisSources';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

useSettableClock();

experimentSourceContract({
  name: 'AwsFisExperimentSource',
  create: async () => {
    const upstream = await LocalFis.start(await databases.init('SQLITE_3'));
    const config = new ConfigReader({
      aws: { accounts: [{ accountId: '123456789012', ...CREDENTIALS }] },
      operationalExcellence: {
        sources: {
          awsFis: [
            {
              accountId: '123456789012',
              regions: ['eu-west-1'],
              endpoint: upstream.endpoint,
            },
          ],
        },
      },
    });
    const [source] = await createAwsFisSources({
      config,
      logger: mockServices.logger.mock(),
      credentialsManager: DefaultAwsCredentialsManager.fromConfig(config),
      pace: {
        pageSize: upstream.pageSize,
        minIntervalMs: 0,
        timeoutMs: 400,
        attempts: 2,
        backoff: { initialMs: 5, maxMs: 20 },
        circuitBreaker: { failures: 5, retryAfterMs: 100 },
      },
    });
    return { source, upstream, close: () => upstream.close() };
  },
  lacks: {
    'failure:empty-without-rights':
      'AWS refuses callers that lack a right with 403',
  },
});
