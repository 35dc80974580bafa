import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  createUpstreamClient,
  operationalExcellenceTicketSourcesExtensionPoint,
} from 'backstage-plugin-operational-excellence-node';
import { createGithubTicketSources } from './createGithubTicketSources';

/**
 * Adds a ticket source for each entry of `operationalExcellence.sources.github`.
 *
 * @public
 */
export const operationalExcellenceModuleGithub = createBackendModule({
  pluginId: 'operational-excellence',
  moduleId: 'github',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        ticketSources: operationalExcellenceTicketSourcesExtensionPoint,
      },
      async init({ config, logger, ticketSources }) {
        ticketSources.addTicketSource(
          ...createGithubTicketSources({
            config,
            logger,
            createClient: createUpstreamClient,
          }),
        );
      },
    });
  },
});
