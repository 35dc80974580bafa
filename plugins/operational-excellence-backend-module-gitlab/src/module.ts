import {
  coreServices,
  createBackendFeatureLoader,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { eventsExtensionPoint } from '@backstage/plugin-events-node/alpha';
import {
  createUpstreamClient,
  operationalExcellenceTicketSourcesExtensionPoint,
} from 'backstage-plugin-operational-excellence-node';
import { readWebhooks } from './config';
import { createGitlabTicketSources } from './createGitlabTicketSources';
import { createTokenValidator } from './events';

/**
 * Adds a ticket source for each entry of `operationalExcellence.sources.gitlab`.
 *
 * @public
 */
export const operationalExcellenceModuleGitlab = createBackendModule({
  pluginId: 'operational-excellence',
  moduleId: 'gitlab',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        ticketSources: operationalExcellenceTicketSourcesExtensionPoint,
      },
      async init({ config, logger, ticketSources }) {
        ticketSources.addTicketSource(
          ...createGitlabTicketSources({
            config,
            logger,
            createClient: createUpstreamClient,
          }),
        );
      },
    });
  },
});

/**
 * Takes the webhooks of the instances that have a `webhookSecret`, at
 * `/api/events/http/operational-excellence.gitlab.<host>`.
 *
 * @public
 */
export const eventsModuleOperationalExcellenceGitlab = createBackendModule({
  pluginId: 'events',
  moduleId: 'operational-excellence-gitlab',
  register(reg) {
    reg.registerInit({
      deps: { config: coreServices.rootConfig, events: eventsExtensionPoint },
      async init({ config, events }) {
        for (const { topic, secret } of readWebhooks(config)) {
          events.addHttpPostIngress({
            topic,
            validator: createTokenValidator(secret),
          });
        }
      },
    });
  },
});

/**
 * Both modules; the one for the events plugin only where an instance has
 * a `webhookSecret`, so that a portal without that plugin starts.
 *
 * @public
 */
export const operationalExcellenceGitlabFeatures = createBackendFeatureLoader({
  deps: { config: coreServices.rootConfig },
  *loader({ config }) {
    yield operationalExcellenceModuleGitlab;
    if (readWebhooks(config).length > 0) {
      yield eventsModuleOperationalExcellenceGitlab;
    }
  },
});
