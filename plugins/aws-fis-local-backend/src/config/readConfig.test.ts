import { mockServices } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { readConfig } from './readConfig';

const read = (awsFisLocal?: JsonObject) =>
  readConfig(
    mockServices.rootConfig({ data: awsFisLocal ? { awsFisLocal } : {} }),
  );

const credential = {
  accessKeyId: 'AKIA0000000000000001',
  secretAccessKey: 'secret',
  accountId: '210987654321',
};

describe('readConfig', () => {
  it('is off without the section', () => {
    expect(read()).toBeUndefined();
  });

  it('is as AWS where nothing is said', () => {
    expect(read({})).toEqual({
      credentials: [
        {
          accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
          secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
          accountId: '123456789012',
        },
      ],
      timeScale: 1,
      retentionMs: 120 * 86_400_000,
      quotas: { activeExperiments: 5, experimentTemplates: 500 },
    });
  });

  it('reads what is said', () => {
    expect(
      read({
        credentials: [{ ...credential, allow: ['fis:List*', 'fis:Get*'] }],
        timeScale: 60,
        retention: 'P1D',
        quotas: { activeExperiments: 1, experimentTemplates: 2 },
      }),
    ).toEqual({
      credentials: [{ ...credential, allow: ['fis:List*', 'fis:Get*'] }],
      timeScale: 60,
      retentionMs: 86_400_000,
      quotas: { activeExperiments: 1, experimentTemplates: 2 },
    });
  });

  it.each([
    [{ timeScale: 0 }, 'awsFisLocal.timeScale'],
    [{ retention: '120 days' }, 'awsFisLocal.retention'],
    [{ retention: 'P0D' }, 'awsFisLocal.retention'],
    [{ quotas: { activeExperiments: 0 } }, 'quotas.activeExperiments'],
    [{ quotas: { experimentTemplates: 1.5 } }, 'quotas.experimentTemplates'],
    [{ credentials: [] }, 'awsFisLocal.credentials'],
    [
      { credentials: [{ ...credential, accountId: '12' }] },
      'awsFisLocal.credentials[0].accountId',
    ],
    [
      { credentials: [{ ...credential, accessKeyId: 'short' }] },
      'awsFisLocal.credentials[0].accessKeyId',
    ],
    [
      { credentials: [credential, credential] },
      'awsFisLocal.credentials[1].accessKeyId',
    ],
    [
      { credentials: [{ ...credential, allow: ['s3:Get*'] }] },
      'awsFisLocal.credentials[0].allow[0]',
    ],
    [
      { credentials: [{ accessKeyId: credential.accessKeyId }] },
      'awsFisLocal.credentials[0].accountId',
    ],
  ])('refuses %j and names %s', (section, key) => {
    expect(() => read(section)).toThrow(key);
  });
});
