import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { readConfig } from './config';
import { createEndpoint } from './createEndpoint';
import { applyMigrations } from './database';

/**
 * A local endpoint that speaks the AWS FIS API, at `/api/aws-fis-local`. Does
 * nothing unless `awsFisLocal` is configured.
 *
 * @public
 */
export const awsFisLocalPlugin = createBackendPlugin({
  pluginId: 'aws-fis-local',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        database: coreServices.database,
        httpRouter: coreServices.httpRouter,
        logger: coreServices.logger,
      },
      async init({ config: rootConfig, database, httpRouter, logger }) {
        const config = readConfig(rootConfig);
        if (!config) return;

        const db = await applyMigrations(database);
        httpRouter.use(createEndpoint({ db, config, logger, now: Date.now }));
        // Callers sign their requests as in AWS, and know no Backstage token.
        httpRouter.addAuthPolicy({ path: '/', allow: 'unauthenticated' });
        logger.info(
          'Serving a local stand-in for AWS FIS; experiments inject no faults',
        );
      },
    });
  },
});
