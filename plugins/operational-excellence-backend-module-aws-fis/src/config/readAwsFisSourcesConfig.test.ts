import { ConfigReader } from '@backstage/config';
import { JsonValue } from '@backstage/types';
import { readAwsFisSourcesConfig } from './readAwsFisSourcesConfig';

const read = (awsFis?: JsonValue) =>
  readAwsFisSourcesConfig(
    new ConfigReader({
      operationalExcellence: { sources: awsFis ? { awsFis } : {} },
    }),
  );

const entry = { accountId: '123456789012', regions: ['eu-west-1'] };

describe('readAwsFisSourcesConfig', () => {
  it('may be left out', () => {
    expect(read()).toEqual([]);
  });

  it('reads accounts', () => {
    expect(
      read([
        {
          ...entry,
          regions: ['eu-west-1', 'us-gov-east-1'],
          endpoint: 'http://localhost:7007/api/aws-fis-local',
          schedule: { every: 'PT5M', tolerance: 'P1D' },
          eventsTopic: 'game-days',
        },
        { ...entry, accountId: '012345678901' },
      ]),
    ).toEqual([
      {
        key: 'operationalExcellence.sources.awsFis[0]',
        accountId: '123456789012',
        regions: ['eu-west-1', 'us-gov-east-1'],
        endpoint: new URL('http://localhost:7007/api/aws-fis-local'),
        schedule: { every: 'PT5M', reconcileEvery: 'PT1H', tolerance: 'P1D' },
        eventsTopic: 'game-days',
      },
      {
        key: 'operationalExcellence.sources.awsFis[1]',
        accountId: '012345678901',
        regions: ['eu-west-1'],
        endpoint: undefined,
        schedule: {
          every: undefined,
          reconcileEvery: 'PT1H',
          tolerance: undefined,
        },
        eventsTopic: 'aws-fis',
      },
    ]);
  });

  it.each<[JsonValue, RegExp]>([
    [
      [{ ...entry, accountId: 123456789012 }],
      /awsFis\[0\]\.accountId is 123456789012; expected .* 12 digits, in quotes/,
    ],
    [[{ ...entry, accountId: '12345' }], /awsFis\[0\]\.accountId is "12345"/],
    [[{ regions: ['eu-west-1'] }], /awsFis\[0\]\.accountId/],
    [[{ accountId: entry.accountId }], /awsFis\[0\]\.regions/],
    [[{ ...entry, eventsTopic: '' }], /awsFis\[0\]\.eventsTopic/],
    [[{ ...entry, regions: [] }], /awsFis\[0\]\.regions is empty/],
    [
      [{ ...entry, regions: ['Ireland'] }],
      /awsFis\[0\]\.regions\[0\] is 'Ireland'; expected .* eu-west-1/,
    ],
    [
      [{ ...entry, regions: ['eu-west-1', 'eu-west-1'] }],
      /awsFis\[0\]\.regions\[1\] is 'eu-west-1', which is named before/,
    ],
    [
      [entry, entry],
      /awsFis\[1\]\.accountId is '123456789012', and so is operationalExcellence\.sources\.awsFis\[0\]\.accountId/,
    ],
    [[{ ...entry, endpoint: 'localhost:7007' }], /awsFis\[0\]\.endpoint/],
    [[{ ...entry, endpoint: 'ftp://a' }], /awsFis\[0\]\.endpoint/],
    [[{ ...entry, endpoint: 'https://a?b=c' }], /awsFis\[0\]\.endpoint/],
    [
      [{ ...entry, schedule: { every: '10m' } }],
      /awsFis\[0\]\.schedule\.every is '10m'/,
    ],
    [
      [{ ...entry, schedule: { tolerance: 'PT0S' } }],
      /awsFis\[0\]\.schedule\.tolerance is 'PT0S'/,
    ],
  ])('refuses %j', (awsFis, message) => {
    expect(() => read(awsFis)).toThrow(message);
  });

  it('does not repeat credentials of an endpoint', () => {
    let message = '';
    try {
      read([{ ...entry, endpoint: 'https://user:hunter2@a' }]);
    } catch (error) {
      message = String(error);
    }
    expect(message).toContain('awsFis[0].endpoint');
    expect(message).not.toContain('hunter2');
  });
});
