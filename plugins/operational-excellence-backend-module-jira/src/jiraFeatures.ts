import {
  coreServices,
  createBackendFeatureLoader,
} from '@backstage/backend-plugin-api';
import { readJiraSourcesConfig } from './config';
import {
  eventsModuleOperationalExcellenceJira,
  operationalExcellenceModuleJira,
} from './module';

/**
 * Adds the ticket sources, and where an instance has a `webhookSecret` its
 * webhooks, which need the events backend.
 *
 * @public
 */
export const jiraFeatures = createBackendFeatureLoader({
  deps: { config: coreServices.rootConfig },
  *loader({ config }) {
    yield operationalExcellenceModuleJira;
    const takesWebhooks = readJiraSourcesConfig(config).some(
      ({ webhookSecret }) => webhookSecret !== undefined,
    );
    if (takesWebhooks) yield eventsModuleOperationalExcellenceJira;
  },
});
