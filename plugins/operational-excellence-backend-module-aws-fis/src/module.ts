import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { DefaultAwsCredentialsManager } from '@backstage/integration-aws-node';
import { operationalExcellenceExperimentSourcesExtensionPoint } from 'backstage-plugin-operational-excellence-node';
import { createAwsFisSources } from './createAwsFisSources';

/**
 * Adds an experiment source for each entry of
 * `operationalExcellence.sources.awsFis`.
 *
 * @public
 */
export const operationalExcellenceModuleAwsFis = createBackendModule({
  pluginId: 'operational-excellence',
  moduleId: 'aws-fis',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        experimentSources: operationalExcellenceExperimentSourcesExtensionPoint,
      },
      async init({ config, logger, experimentSources }) {
        experimentSources.addExperimentSource(
          ...(await createAwsFisSources({
            config,
            logger,
            credentialsManager: DefaultAwsCredentialsManager.fromConfig(config),
          })),
        );
      },
    });
  },
});
