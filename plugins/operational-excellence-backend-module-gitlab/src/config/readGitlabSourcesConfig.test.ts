import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { JsonObject } from '@backstage/types';
import {
  readGitlabSourcesConfig,
  readWebhooks,
} from './readGitlabSourcesConfig';

const SELF_MANAGED = {
  host: 'gitlab.acme.example:8443',
  apiBaseUrl: 'https://gitlab.acme.example:8443/gitlab/api/v4',
  baseUrl: 'https://GitLab.acme.example:8443/gitlab',
  token: 't',
};

function configOf(...gitlab: JsonObject[]) {
  return new ConfigReader({
    integrations: { gitlab: [SELF_MANAGED] },
    operationalExcellence: { sources: { gitlab } },
  });
}

function read(...gitlab: JsonObject[]) {
  const config = configOf(...gitlab);
  return readGitlabSourcesConfig(config, ScmIntegrations.fromConfig(config));
}

const improvement = { labels: ['improvement'] };

describe('readGitlabSourcesConfig', () => {
  it('reads entries with defaults', () => {
    const [com, own] = read(
      { host: 'gitlab.com', improvement },
      {
        host: 'GitLab.Acme.example:8443',
        improvement: { labels: ['a', ' b '], issueTypes: ['task'] },
        inProgress: { labels: ['doing'] },
        schedule: { every: 'PT1H' },
        overlap: 'PT10M',
        webhookSecret: '0123456789abcdef',
      },
    );
    expect(com).toMatchObject({
      host: 'gitlab.com',
      baseUrl: 'https://gitlab.com',
      apiBaseUrl: 'https://gitlab.com/api/v4',
      rules: {
        improvement: { labels: ['improvement'], issueTypes: [] },
        inProgress: { labels: [] },
      },
      overlapMs: 300_000,
      webhook: undefined,
    });
    expect(own).toMatchObject({
      host: 'gitlab.acme.example:8443',
      baseUrl: 'https://gitlab.acme.example:8443/gitlab',
      apiBaseUrl: SELF_MANAGED.apiBaseUrl,
      rules: {
        improvement: { labels: ['a', 'b'], issueTypes: ['task'] },
        inProgress: { labels: ['doing'] },
      },
      schedule: { every: 'PT1H' },
      overlapMs: 600_000,
      webhook: {
        host: 'gitlab.acme.example:8443',
        topic: 'operational-excellence.gitlab.gitlab.acme.example-8443',
        secret: '0123456789abcdef',
      },
    });
  });

  it('reads nothing where nothing is configured', () => {
    const config = new ConfigReader({});
    const integrations = ScmIntegrations.fromConfig(config);
    expect(readGitlabSourcesConfig(config, integrations)).toEqual([]);
    expect(readWebhooks(config)).toEqual([]);
  });

  it.each<[string, JsonObject[], string]>([
    ['no host', [{ improvement }], 'host'],
    [
      'a host without integration',
      [{ host: 'git.example', improvement }],
      "gitlab[0].host is 'git.example', but integrations.gitlab has no entry",
    ],
    [
      'a host twice',
      [
        { host: 'gitlab.com', improvement },
        { host: 'GITLAB.com', improvement },
      ],
      'operationalExcellence.sources.gitlab[1].host',
    ],
    [
      'no rule',
      [{ host: 'gitlab.com', improvement: { labels: [] } }],
      'gitlab[0].improvement names neither labels nor issueTypes',
    ],
    [
      'labels in one text',
      [{ host: 'gitlab.com', improvement: { labels: ['a,b'] } }],
      "gitlab[0] names the label 'a,b'",
    ],
    [
      'a short overlap',
      [{ host: 'gitlab.com', improvement, overlap: 'PT1S' }],
      'gitlab[0].overlap',
    ],
    [
      'a short secret',
      [{ host: 'gitlab.com', improvement, webhookSecret: 'abc' }],
      'gitlab[0].webhookSecret is too short',
    ],
  ])('refuses %s', (_, entries, message) => {
    expect(() => read(...entries)).toThrow(message);
  });

  it('does not repeat a secret', () => {
    const secret = 'sesame';
    const attempt = () =>
      read({ host: 'gitlab.com', improvement, webhookSecret: secret });
    expect(attempt).toThrow(/^(?!.*sesame).*webhookSecret/);
  });

  it('refuses an address that a browser must not open', () => {
    const config = new ConfigReader({
      integrations: {
        gitlab: [{ ...SELF_MANAGED, baseUrl: 'ftp://gitlab.acme.example' }],
      },
      operationalExcellence: {
        sources: { gitlab: [{ host: SELF_MANAGED.host, improvement }] },
      },
    });
    expect(() =>
      readGitlabSourcesConfig(config, ScmIntegrations.fromConfig(config)),
    ).toThrow('has an address that is no http or https URL');
  });
});
