import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { readJiraSourcesConfig } from './readJiraSourcesConfig';

const CLOUD = {
  id: 'acme',
  baseUrl: 'https://acme.atlassian.net/',
  email: 'portal@acme.example',
  apiToken: 'a-token',
  improvement: { issueTypes: [' Improvement '] },
};

const DATA_CENTER = {
  id: 'legacy',
  baseUrl: 'https://jira.acme.example/jira',
  token: 'a-pat',
  improvement: { labels: ['ops'] },
};

function read(...jira: JsonObject[]) {
  return readJiraSourcesConfig(
    new ConfigReader({ operationalExcellence: { sources: { jira } } }),
  );
}

describe('readJiraSourcesConfig', () => {
  it('reads nothing where nothing is configured', () => {
    expect(readJiraSourcesConfig(new ConfigReader({}))).toEqual([]);
  });

  it('knows the deployment by the host, and fills in the rest', () => {
    expect(read(CLOUD, DATA_CENTER)).toEqual([
      {
        key: 'operationalExcellence.sources.jira[0]',
        id: 'acme',
        baseUrl: 'https://acme.atlassian.net',
        deployment: 'cloud',
        apiUrl: 'https://acme.atlassian.net/rest/api/3',
        authorization: `Basic ${btoa('portal@acme.example:a-token')}`,
        isDefault: true,
        improvement: { issueTypes: ['Improvement'], labels: [] },
        schedule: {},
        overlapMs: 900_000,
        batches: 8,
        entityQueries: false,
        file: {
          issueType: 'Improvement',
          fields: {},
          priorities: {},
          project: undefined,
        },
        webhookSecret: undefined,
      },
      expect.objectContaining({
        id: 'legacy',
        deployment: 'data-center',
        apiUrl: 'https://jira.acme.example/jira/rest/api/2',
        authorization: 'Bearer a-pat',
        isDefault: false,
        file: expect.objectContaining({ issueType: 'Task' }),
      }),
    ]);
  });

  it('reads all that can be said', () => {
    const [, source] = read(CLOUD, {
      ...DATA_CENTER,
      deployment: 'cloud',
      cloudId: '11111111-2222-3333-4444-555555555555',
      default: true,
      schedule: { every: 'PT5M', reconcileEvery: 'PT12H', tolerance: 'PT1H' },
      overlap: 'PT1H',
      batches: 20,
      entityQueries: true,
      file: {
        issueType: 'Story',
        fields: { customfield_1: { value: 'A' }, customfield_2: ['b'] },
        priorities: { High: 'P1' },
        project: 'ops',
      },
      webhookSecret: 'a-long-secret',
    });
    expect(source).toMatchObject({
      apiUrl:
        'https://api.atlassian.com/ex/jira/11111111-2222-3333-4444-555555555555/rest/api/3',
      isDefault: true,
      schedule: { every: 'PT5M', reconcileEvery: 'PT12H', tolerance: 'PT1H' },
      overlapMs: 3_600_000,
      batches: 20,
      entityQueries: true,
      file: {
        issueType: 'Story',
        fields: { customfield_1: { value: 'A' }, customfield_2: ['b'] },
        priorities: { high: 'P1' },
        project: 'OPS',
      },
      webhookSecret: 'a-long-secret',
    });
  });

  it.each<[string, JsonObject]>([
    ['jira[0].id is', { id: 'Acme Corp' }],
    ['jira[0].baseUrl is not', { baseUrl: 'ftp://acme.example' }],
    ['jira[0].baseUrl is not', { baseUrl: 'https://a:b@acme.example' }],
    ['jira[0].deployment is', { deployment: 'server' }],
    ['jira[0].cloudId is', { cloudId: '../other' }],
    ['jira[0].cloudId names', { cloudId: 'a', apiUrl: 'https://b.example' }],
    ['jira[0] needs credentials: email', { apiToken: null }],
    ['jira[0] needs credentials: email', { token: 'both' }],
    ['jira[0].improvement names neither', { improvement: {} }],
    ['jira[0].overlap is', { overlap: 'PT5M' }],
    ['jira[0].batches is 0', { batches: 0 }],
    ['jira[0].batches is 1.5', { batches: 1.5 }],
    ['jira[0].file.fields is not', { file: { fields: 'a' } }],
    ['jira[0].file.project is', { file: { project: 'A B' } }],
    ['jira[0].webhookSecret is too short', { webhookSecret: 'short' }],
  ])('says that %s', (message, entry) => {
    expect(() => read({ ...CLOUD, ...entry })).toThrow(message);
  });

  it('wants a token for Data Center, and never quotes credentials', () => {
    const attempt = () =>
      read({ ...DATA_CENTER, token: null, apiToken: 'secret-token' });
    expect(attempt).toThrow('jira[0] needs credentials: token');
    expect(attempt).not.toThrow('secret-token');
  });

  it('wants each id once, and one default', () => {
    expect(() => read(CLOUD, { ...DATA_CENTER, id: 'acme' })).toThrow(
      'operationalExcellence.sources.jira[1].id',
    );
    expect(() =>
      read({ ...CLOUD, default: true }, { ...DATA_CENTER, default: true }),
    ).toThrow('operationalExcellence.sources.jira[1].default');
  });
});
