import { LoggerService } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { DefaultAwsCredentialsManager } from '@backstage/integration-aws-node';
import { FisPace } from '../api';
import { AwsFisExperimentSource } from '../AwsFisExperimentSource';
import { createAwsFisSources } from '../createAwsFisSources';
import { CREDENTIALS } from './LocalFis';

/** A source that gives up early, over one account. */
export async function createSource(options: {
  endpoint: string;
  regions?: string[];
  pace?: FisPace;
  logger?: LoggerService;
}): Promise<AwsFisExperimentSource> {
  const config = new ConfigReader({
    aws: { accounts: [{ accountId: '123456789012', ...CREDENTIALS }] },
    operationalExcellence: {
      sources: {
        awsFis: [
          {
            accountId: '123456789012',
            regions: options.regions ?? ['eu-west-1'],
            endpoint: options.endpoint,
          },
        ],
      },
    },
  });
  const [source] = await createAwsFisSources({
    config,
    logger: options.logger ?? mockServices.logger.mock(),
    credentialsManager: DefaultAwsCredentialsManager.fromConfig(config),
    pace: {
      timeoutMs: 400,
      attempts: 2,
      backoff: { initialMs: 5, maxMs: 20 },
      circuitBreaker: { failures: 5, retryAfterMs: 100 },
      ...options.pace,
    },
  });
  return source;
}
