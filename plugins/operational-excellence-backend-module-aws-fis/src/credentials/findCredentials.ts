import { LoggerService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { InputError, stringifyError } from '@backstage/errors';
import { AwsCredentialsManager } from '@backstage/integration-aws-node';
import { AwsFisSourceConfig } from '../config';
import { AwsCredentialsProvider } from './CachedCredentials';

/** Whether the `aws` section says by itself how to get at the account. */
function isConfigured(config: Config, accountId: string): boolean {
  const accounts = config.getOptionalConfigArray('aws.accounts') ?? [];
  return (
    accounts.some(a => a.getOptionalString('accountId') === accountId) ||
    config.has('aws.accountDefaults.roleName')
  );
}

/**
 * The credentials of an account.
 *
 * @remarks
 *
 * An account that the `aws` section does not name can only be the one that the
 * process's own credentials belong to, which AWS STS must be asked for. Where STS
 * says that it is another one, the configuration is wrong; where it cannot be
 * reached, it is asked again with each attempt to read.
 *
 * @throws InputError where the configuration has none
 */
export async function findCredentials(options: {
  source: AwsFisSourceConfig;
  config: Config;
  credentialsManager: AwsCredentialsManager;
  logger: LoggerService;
}): Promise<AwsCredentialsProvider> {
  const { config, source, credentialsManager, logger } = options;
  const { accountId, key } = source;
  const find = async () =>
    (await credentialsManager.getCredentialProvider({ accountId }))
      .sdkCredentialProvider;
  try {
    return await find();
  } catch (error) {
    // The manager has no error of its own for this; were it worded otherwise, the
    // first read would say so instead of the start.
    if (
      isConfigured(config, accountId) ||
      /no AWS integration that matches/.test(String(error))
    ) {
      throw new InputError(
        `${key}.accountId is '${accountId}', but there are no credentials for that account: add it to aws.accounts, or set aws.accountDefaults.roleName`,
        error,
      );
    }
    logger.warn(
      `The account that the process's own AWS credentials belong to is not known yet, and so not whether they are those for ${key}: ${stringifyError(
        error,
      )}`,
    );
    return async () => await (await find())();
  }
}
