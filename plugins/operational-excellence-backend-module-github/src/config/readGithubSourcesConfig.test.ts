import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { JsonObject } from '@backstage/types';
import { readGithubSourcesConfig } from './readGithubSourcesConfig';

const IMPROVEMENT = { labels: ['improvement'] };

function read(
  github: JsonObject[] | undefined,
  integrations: JsonObject[] = [{ host: 'github.com', token: 't' }],
) {
  const config = new ConfigReader({
    integrations: { github: integrations },
    operationalExcellence: { sources: { ...(github && { github }) } },
  });
  return readGithubSourcesConfig(config, ScmIntegrations.fromConfig(config));
}

describe('readGithubSourcesConfig', () => {
  it('reads nothing where nothing is configured', () => {
    expect(read(undefined)).toEqual([]);
  });

  it('fills in what is left out', () => {
    expect(read([{ host: 'github.com', improvement: IMPROVEMENT }])).toEqual([
      {
        host: 'github.com',
        apiBaseUrl: 'https://api.github.com',
        integration: expect.objectContaining({ host: 'github.com' }),
        rules: {
          improvement: { labels: ['improvement'], issueTypes: [] },
          inProgress: { labels: [] },
        },
        schedule: {},
        overlapMs: 300_000,
      },
    ]);
  });

  it('reads several hosts', () => {
    const sources = read(
      [
        {
          host: 'GHE.acme.example',
          improvement: { issueTypes: ['Task'] },
          inProgress: { labels: [' doing '] },
          schedule: {
            every: 'PT1H',
            reconcileEvery: 'P7D',
            tolerance: 'P1DT12H',
          },
          overlap: 'PT30M',
        },
        { host: 'github.com', improvement: IMPROVEMENT },
      ],
      [
        {
          host: 'ghe.acme.example',
          apiBaseUrl: 'https://ghe.acme.example/api/v3/',
          token: 't',
        },
      ],
    );
    expect(sources.map(({ host }) => host)).toEqual([
      'ghe.acme.example',
      'github.com',
    ]);
    expect(sources[0]).toMatchObject({
      apiBaseUrl: 'https://ghe.acme.example/api/v3',
      rules: {
        improvement: { labels: [], issueTypes: ['Task'] },
        inProgress: { labels: ['doing'] },
      },
      schedule: { every: 'PT1H', reconcileEvery: 'P7D', tolerance: 'P1DT12H' },
      overlapMs: 1_800_000,
    });
  });

  it.each<[string, JsonObject, string]>([
    [
      'without a host',
      { improvement: IMPROVEMENT },
      "'operationalExcellence.sources.github[0].host'",
    ],
    [
      'of an unknown host',
      { host: 'ghe.acme.example', improvement: IMPROVEMENT },
      "operationalExcellence.sources.github[0].host is 'ghe.acme.example', but integrations.github has no entry for that host",
    ],
    [
      'without a rule',
      { host: 'github.com' },
      'operationalExcellence.sources.github[0].improvement names neither labels nor issueTypes',
    ],
    [
      'with an empty rule',
      { host: 'github.com', improvement: { labels: [] } },
      'operationalExcellence.sources.github[0].improvement names neither',
    ],
    [
      'with a blank label',
      { host: 'github.com', improvement: { labels: [' '] } },
      'operationalExcellence.sources.github[0].improvement.labels',
    ],
    [
      'with a text for labels',
      { host: 'github.com', improvement: { labels: 'improvement' } },
      "'operationalExcellence.sources.github[0].improvement.labels'",
    ],
    [
      'with a duration that is none',
      {
        host: 'github.com',
        improvement: IMPROVEMENT,
        schedule: { every: '10m' },
      },
      "operationalExcellence.sources.github[0].schedule.every is '10m'; expected an ISO 8601 duration",
    ],
    [
      'with a duration of nothing',
      {
        host: 'github.com',
        improvement: IMPROVEMENT,
        schedule: { tolerance: 'PT0S' },
      },
      "operationalExcellence.sources.github[0].schedule.tolerance is 'PT0S'",
    ],
    [
      'with too short an overlap',
      { host: 'github.com', improvement: IMPROVEMENT, overlap: 'PT1M' },
      "operationalExcellence.sources.github[0].overlap is 'PT1M'; expected an ISO 8601 duration of at least PT2M",
    ],
  ])('refuses an entry %s', (_, entry, message) => {
    expect(() => read([entry])).toThrow(message);
  });

  it('refuses a host that is named twice', () => {
    const entry = { host: 'github.com', improvement: IMPROVEMENT };
    expect(() => read([entry, { ...entry, host: 'GitHub.com' }])).toThrow(
      "operationalExcellence.sources.github[1].host is 'github.com', and so is operationalExcellence.sources.github[0].host",
    );
  });

  it.each([
    [
      undefined,
      'has no apiBaseUrl; expected for example https://ghe.acme.example/api/v3',
    ],
    [
      'ghe.acme.example/api/v3',
      "is 'ghe.acme.example/api/v3'; expected an http or https URL",
    ],
    ['ftp://ghe.acme.example', 'expected an http or https URL'],
  ])('refuses the address %p of an API', (apiBaseUrl, message) => {
    expect(() =>
      read(
        [{ host: 'ghe.acme.example', improvement: IMPROVEMENT }],
        [{ host: 'ghe.acme.example', ...(apiBaseUrl && { apiBaseUrl }) }],
      ),
    ).toThrow(message);
  });
});
