import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { HttpPostIngressOptions } from '@backstage/plugin-events-node';
import { eventsExtensionPoint } from '@backstage/plugin-events-node/alpha';
import { JsonObject } from '@backstage/types';
import {
  operationalExcellenceTicketSourcesExtensionPoint,
  TicketSource,
} from 'backstage-plugin-operational-excellence-node';
import gitlabFeatures from './index';

const improvement = { labels: ['improvement'] };

/** What the modules add to a portal, which has the events plugin or not. */
async function addedTo(
  gitlab: JsonObject[] | undefined,
  options: { hasEvents: boolean },
) {
  const sources: TicketSource[] = [];
  const ingresses: HttpPostIngressOptions[] = [];
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
  const events = createBackendPlugin({
    pluginId: 'events',
    register(reg) {
      reg.registerExtensionPoint(eventsExtensionPoint, {
        addHttpPostIngress: ingress => void ingresses.push(ingress),
        addHttpPostBodyParser() {},
        addPublishers() {},
        addSubscribers() {},
        setEventBroker() {},
      });
      reg.registerInit({ deps: {}, async init() {} });
    },
  });
  const backend = await startTestBackend({
    features: [
      plugin,
      ...(options.hasEvents ? [events] : []),
      gitlabFeatures,
      logger.factory,
      mockServices.rootConfig.factory({
        data: {
          integrations: {
            gitlab: [
              { host: 'gitlab.com', token: 't' },
              {
                host: 'gitlab.acme.example',
                apiBaseUrl: 'https://gitlab.acme.example/api/v4',
                token: 't',
              },
            ],
          },
          ...(gitlab && { operationalExcellence: { sources: { gitlab } } }),
        },
      }),
    ],
  });
  await backend.stop();
  return { sources, ingresses, logger };
}

describe('operationalExcellenceGitlabFeatures', () => {
  it('adds a source for each configured host, and an address for webhooks', async () => {
    const { sources, ingresses } = await addedTo(
      [
        { host: 'gitlab.com', improvement },
        {
          host: 'gitlab.acme.example',
          improvement,
          schedule: { every: 'PT30M' },
          webhookSecret: '0123456789abcdef',
        },
      ],
      { hasEvents: true },
    );
    expect(sources.map(({ id, title }) => [id, title])).toEqual([
      ['gitlab:gitlab.com', 'GitLab'],
      ['gitlab:gitlab.acme.example', 'GitLab (gitlab.acme.example)'],
    ]);
    expect(sources[1].schedule).toEqual({ every: 'PT30M' });
    expect(ingresses.map(({ topic }) => topic)).toEqual([
      'operational-excellence.gitlab.gitlab.acme.example',
    ]);
    const topics = sources.map(source => source.events?.topics);
    expect(topics).toEqual([
      ['gitlab.issue'],
      [ingresses[0].topic, 'gitlab.issue'],
    ]);

    const reject = jest.fn();
    await ingresses[0].validator!(
      {
        body: {},
        headers: { 'x-gitlab-token': 'forged' },
        raw: { body: Buffer.from('{}'), encoding: 'utf-8' },
      },
      { reject },
    );
    expect(reject).toHaveBeenCalledWith(
      expect.objectContaining({ status: 403 }),
    );
  });

  it('does without the events plugin where no webhook is expected', async () => {
    const { sources } = await addedTo([{ host: 'gitlab.com', improvement }], {
      hasEvents: false,
    });
    expect(sources.map(({ id }) => id)).toEqual(['gitlab:gitlab.com']);
  });

  it('adds none where none is configured, and says so', async () => {
    const { sources, logger } = await addedTo(undefined, { hasEvents: false });
    expect(sources).toEqual([]);
    expect(logger.info).toHaveBeenCalledWith(
      expect.stringContaining('operationalExcellence.sources.gitlab'),
    );
  });

  it('stops the start where the configuration is wrong', async () => {
    await expect(
      addedTo([{ host: 'git.example', improvement }], { hasEvents: false }),
    ).rejects.toThrow('operationalExcellence.sources.gitlab[0].host');
  });
});
