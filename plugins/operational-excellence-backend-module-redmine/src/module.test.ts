import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';
import {
  operationalExcellenceTicketSourcesExtensionPoint,
  TicketSource,
} from 'backstage-plugin-operational-excellence-node';
import redmineModule from './index';

async function sourcesOf(redmine?: JsonObject[]) {
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
      redmineModule,
      logger.factory,
      mockServices.rootConfig.factory({
        data: redmine
          ? { operationalExcellence: { sources: { redmine } } }
          : {},
      }),
    ],
  });
  await backend.stop();
  return { sources, logger };
}

describe('operationalExcellenceModuleRedmine', () => {
  it('adds a source for each configured instance', async () => {
    const improvement = { trackers: ['Improvement'] };
    const { sources } = await sourcesOf([
      {
        id: 'acme',
        baseUrl: 'https://redmine.acme.example',
        apiKey: 'a',
        improvement,
      },
      {
        id: 'labs',
        baseUrl: 'https://labs.example/redmine/',
        apiKey: 'b',
        improvement,
        schedule: { every: 'PT30M' },
      },
    ]);
    expect(sources.map(({ id, title }) => [id, title])).toEqual([
      ['redmine:acme', 'Redmine (acme)'],
      ['redmine:labs', 'Redmine (labs)'],
    ]);
    expect(sources[1].schedule).toEqual({ every: 'PT30M' });
    const scopes = sources.map(source =>
      source.scopesFor({
        entityRef: 'component:default/payments',
        title: 'Payments',
        annotations: { 'redmine.org/project': 'labs/payments' },
      }),
    );
    expect(scopes).toEqual([
      [],
      [
        {
          key: 'issues',
          title: 'Issues',
          url: 'https://labs.example/redmine/issues',
          matcher: { container: 'payments' },
        },
      ],
    ]);
  });

  it('adds none where none is configured, and says so', async () => {
    const { sources, logger } = await sourcesOf();
    expect(sources).toEqual([]);
    expect(logger.info).toHaveBeenCalledWith(
      expect.stringContaining('operationalExcellence.sources.redmine'),
    );
  });

  it('stops the start where the configuration is wrong', async () => {
    await expect(
      sourcesOf([{ id: 'acme', baseUrl: 'redmine', apiKey: 'a' }]),
    ).rejects.toThrow('operationalExcellence.sources.redmine[0]');
  });
});
