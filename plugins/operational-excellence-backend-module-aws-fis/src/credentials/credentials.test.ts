import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import {
  AwsCredentialsManager,
  DefaultAwsCredentialsManager,
} from '@backstage/integration-aws-node';
import { JsonObject } from '@backstage/types';
import { CachedCredentials } from './CachedCredentials';
import { findCredentials } from './findCredentials';

describe('CachedCredentials', () => {
  let now = 0;
  let asked = 0;
  let expiration: Date | undefined;
  const cached = () =>
    CachedCredentials.create({
      now: () => now,
      provider: async () => {
        asked += 1;
        return {
          accessKeyId: `key${asked}`,
          secretAccessKey: 'secret',
          expiration,
        };
      },
    });

  beforeEach(() => {
    now = 1_000_000;
    asked = 0;
    expiration = undefined;
  });

  it('asks once for requests at the same time', async () => {
    const credentials = cached();
    await Promise.all([credentials.get(), credentials.get()]);
    await credentials.get();
    expect(asked).toBe(1);
  });

  it('asks again five minutes before they expire', async () => {
    expiration = new Date(now + 3_600_000);
    const credentials = cached();
    await credentials.get();
    now += 3_300_000 - 1;
    expect((await credentials.get()).accessKeyId).toBe('key1');
    now += 1;
    expect((await credentials.get()).accessKeyId).toBe('key2');
  });

  it('asks again after five minutes where they do not expire', async () => {
    const credentials = cached();
    await credentials.get();
    now += 300_000;
    expect((await credentials.get()).accessKeyId).toBe('key2');
  });

  it('asks again when they were refused', async () => {
    const credentials = cached();
    await credentials.get();
    credentials.forget();
    expect((await credentials.get()).accessKeyId).toBe('key2');
  });

  it('does not keep a failure', async () => {
    const provider = jest
      .fn()
      .mockRejectedValueOnce(new Error('STS is down'))
      .mockResolvedValue({ accessKeyId: 'a', secretAccessKey: 'b' });
    const credentials = CachedCredentials.create({ provider });
    await expect(credentials.get()).rejects.toThrow('STS is down');
    await expect(credentials.get()).resolves.toMatchObject({
      accessKeyId: 'a',
    });
  });
});

describe('findCredentials', () => {
  const source = {
    key: 'operationalExcellence.sources.awsFis[0]',
    accountId: '123456789012',
    regions: ['eu-west-1'],
    schedule: {},
    eventsTopic: 'aws-fis',
  };
  const find = (data: JsonObject, manager?: AwsCredentialsManager) => {
    const config = new ConfigReader(data);
    const logger = mockServices.logger.mock();
    return {
      logger,
      found: findCredentials({
        source,
        config,
        logger,
        credentialsManager:
          manager ?? DefaultAwsCredentialsManager.fromConfig(config),
      }),
    };
  };
  const managerThat = (
    ...answers: (Error | { accessKeyId: string; secretAccessKey: string })[]
  ): AwsCredentialsManager => ({
    getCredentialProvider: async () => {
      const answer = answers.shift()!;
      if (answer instanceof Error) throw answer;
      return { sdkCredentialProvider: async () => answer };
    },
  });

  it('takes those of the account', async () => {
    const { found } = find({
      aws: {
        accounts: [
          {
            accountId: '123456789012',
            accessKeyId: 'key',
            secretAccessKey: 'secret',
          },
        ],
      },
    });
    await expect((await found)()).resolves.toMatchObject({
      accessKeyId: 'key',
      secretAccessKey: 'secret',
    });
  });

  it('stops the start where there are none for the account', async () => {
    const { found } = find(
      {},
      managerThat(
        new Error('There is no AWS integration that matches 123456789012.'),
      ),
    );
    await expect(found).rejects.toThrow(
      "operationalExcellence.sources.awsFis[0].accountId is '123456789012', but there are no credentials for that account: add it to aws.accounts, or set aws.accountDefaults.roleName",
    );
  });

  it('asks again where the account of the process cannot be learned yet', async () => {
    const { found, logger } = find(
      {},
      managerThat(new Error('STS is down'), {
        accessKeyId: 'key',
        secretAccessKey: 'secret',
      }),
    );
    await expect((await found)()).resolves.toMatchObject({
      accessKeyId: 'key',
    });
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('STS is down'),
    );
  });
});
