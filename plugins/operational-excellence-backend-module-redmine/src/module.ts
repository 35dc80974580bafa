import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  createUpstreamClient,
  operationalExcellenceTicketSourcesExtensionPoint,
} from 'backstage-plugin-operational-excellence-node';
import { createRedmineTicketSources } from './createRedmineTicketSources';

/**
 * Adds a ticket source for each entry of `operationalExcellence.sources.redmine`.
 *
 * @public
 */
export const operationalExcellenceModuleRedmine = createBackendModule({
  pluginId: 'operational-excellence',
  moduleId: 'redmine',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        ticketSources: operationalExcellenceTicketSourcesExtensionPoint,
      },
      async init({ config, logger, ticketSources }) {
        ticketSources.addTicketSource(
          ...createRedmineTicketSources({
            config,
            logger,
            createClient: createUpstreamClient,
          }),
        );
      },
    });
  },
});
