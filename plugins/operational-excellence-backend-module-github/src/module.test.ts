import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';
import {
  operationalExcellenceTicketSourcesExtensionPoint,
  TicketSource,
} from 'backstage-plugin-operational-excellence-node';
import githubModule from './index';

async function sourcesOf(data: JsonObject) {
  const sources: TicketSource[] = [];
  const logger = mockServices.logger.mock();
  logger.child.mockReturnValue(logger);
  const plugin = createBackendPlugin({
    pluginId: 'operational-excellence',
    register(reg) {
      reg.registerExtensionPoint(
        operationalExcellenceTicketSourcesExtensionPoint,
        { addTicketSource: (...added) => void sources.push(...added) },
      );
      reg.registerInit({ deps: {}, async init() {} });
    },
  });
  const backend = await startTestBackend({
    features: [
      plugin,
      githubModule,
      logger.factory,
      mockServices.rootConfig.factory({ data }),
    ],
  });
  await backend.stop();
  return { sources, logger };
}

describe('operationalExcellenceModuleGithub', () => {
  it('adds a source for each configured host', async () => {
    const { sources } = await sourcesOf({
      integrations: {
        github: [
          { host: 'github.com', token: 't' },
          {
            host: 'ghe.acme.example',
            apiBaseUrl: 'https://ghe.acme.example/api/v3',
            token: 't',
          },
        ],
      },
      operationalExcellence: {
        sources: {
          github: [
            { host: 'github.com', improvement: { labels: ['improvement'] } },
            {
              host: 'ghe.acme.example',
              improvement: { labels: ['improvement'] },
              schedule: { every: 'PT30M' },
            },
          ],
        },
      },
    });
    expect(sources.map(({ id, title }) => [id, title])).toEqual([
      ['github:github.com', 'GitHub'],
      ['github:ghe.acme.example', 'GitHub Enterprise (ghe.acme.example)'],
    ]);
    expect(sources[1].schedule).toEqual({ every: 'PT30M' });

    const service = {
      entityRef: 'component:default/payments',
      title: 'Payments',
      annotations: {
        'github.com/project-slug': 'acme/payments',
        'backstage.io/source-location':
          'url:https://ghe.acme.example/acme/payments/tree/main/',
      },
    };
    expect(sources.map(source => source.scopesFor(service).length)).toEqual([
      0, 1,
    ]);
    expect(sources[1].scopesFor(service)[0].url).toBe(
      'https://ghe.acme.example/acme/payments',
    );
  });

  it('adds none where none is configured, and says so', async () => {
    const { sources, logger } = await sourcesOf({});
    expect(sources).toEqual([]);
    expect(logger.info).toHaveBeenCalledWith(
      expect.stringContaining('operationalExcellence.sources.github'),
    );
  });

  it('stops the start where the configuration is wrong', async () => {
    await expect(
      sourcesOf({
        operationalExcellence: {
          sources: { github: [{ host: 'ghe.acme.example' }] },
        },
      }),
    ).rejects.toThrow('operationalExcellence.sources.github[0].host');
  });
});
