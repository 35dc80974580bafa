import { LoggerService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { AwsCredentialsManager } from '@backstage/integration-aws-node';
import {
  awsEndpoint,
  FisApi,
  FisPace,
  isAwsEndpoint,
  isLocalEndpoint,
} from './api';
import { AwsFisExperimentSource, sourceId } from './AwsFisExperimentSource';
import {
  AwsFisSourceConfig,
  readAwsFisSourcesConfig,
  SOURCES_KEY,
} from './config';
import { CachedCredentials, findCredentials } from './credentials';

interface Options {
  config: Config;
  logger: LoggerService;
  credentialsManager: AwsCredentialsManager;
  /** How fast FIS is called, for tests. */
  pace?: FisPace;
}

/** One experiment source for each configured account. */
export async function createAwsFisSources(
  options: Options,
): Promise<AwsFisExperimentSource[]> {
  const sources = readAwsFisSourcesConfig(options.config);
  if (sources.length === 0) {
    options.logger.info(
      `No AWS FIS experiments are read: ${SOURCES_KEY} names no account. Remove the aws-fis module, or add for example { accountId: '123456789012', regions: [eu-west-1] }`,
    );
  }
  return await Promise.all(
    sources.map(source => createSource(source, options)),
  );
}

async function createSource(
  source: AwsFisSourceConfig,
  { config, logger, credentialsManager, pace }: Options,
): Promise<AwsFisExperimentSource> {
  const { accountId, regions, endpoint, eventsTopic, schedule } = source;
  const credentials = CachedCredentials.create({
    provider: await findCredentials({
      source,
      config,
      credentialsManager,
      logger,
    }),
  });
  return AwsFisExperimentSource.create({
    accountId,
    apis: new Map(
      regions.map(region => [
        region,
        FisApi.create({
          source: sourceId(accountId),
          endpoint: endpoint ?? awsEndpoint(region),
          region,
          credentials,
          logger,
          pace:
            endpoint && isLocalEndpoint(endpoint)
              ? { minIntervalMs: 0, ...pace }
              : pace,
        }),
      ]),
    ),
    schedule,
    eventsTopic,
    hasConsole: !endpoint || isAwsEndpoint(endpoint),
    logger,
  });
}
