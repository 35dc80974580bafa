import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { eventsExtensionPoint } from '@backstage/plugin-events-node/alpha';
import {
  createUpstreamClient,
  operationalExcellenceTicketSourcesExtensionPoint,
} from 'backstage-plugin-operational-excellence-node';
import { readJiraSourcesConfig } from './config';
import { createJiraTicketSources } from './createJiraTicketSources';
import { signatureValidator, topicOf } from './events';

/**
 * Adds a ticket source for each entry of `operationalExcellence.sources.jira`.
 *
 * @public
 */
export const operationalExcellenceModuleJira = createBackendModule({
  pluginId: 'operational-excellence',
  moduleId: 'jira',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        ticketSources: operationalExcellenceTicketSourcesExtensionPoint,
      },
      async init({ config, logger, ticketSources }) {
        ticketSources.addTicketSource(
          ...createJiraTicketSources({
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
 * Takes the webhooks of each entry of `operationalExcellence.sources.jira` that
 * has a `webhookSecret`, at `/api/events/http/operational-excellence.jira.<id>`.
 *
 * @public
 */
export const eventsModuleOperationalExcellenceJira = createBackendModule({
  pluginId: 'events',
  moduleId: 'operational-excellence-jira',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        events: eventsExtensionPoint,
      },
      async init({ config, logger, events }) {
        for (const { id, webhookSecret } of readJiraSourcesConfig(config)) {
          if (webhookSecret === undefined) continue;
          const topic = topicOf(id);
          events.addHttpPostIngress({
            topic,
            validator: signatureValidator({
              secret: webhookSecret,
              topic,
              logger,
            }),
          });
        }
      },
    });
  },
});
