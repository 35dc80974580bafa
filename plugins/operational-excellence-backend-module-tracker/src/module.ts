import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  operationalExcellenceSyncExtensionPoint,
  operationalExcellenceTicketSourcesExtensionPoint,
} from 'backstage-plugin-operational-excellence-node';
import { CatalogEntities } from './access';
import { createTrackerRouter } from './api';
import { readTrackerConfig } from './config';
import { applyTrackerMigrations } from './database';
import { AuthorizedTrackerService, StoredTrackerService } from './service';
import { TrackerSource } from './source';
import { TrackerStore } from './tickets';

/**
 * The built-in tracker: tickets of portals and services that have no other one.
 *
 * @public
 */
export const trackerModule = createBackendModule({
  pluginId: 'operational-excellence',
  moduleId: 'tracker',
  register(env) {
    env.registerInit({
      deps: {
        sources: operationalExcellenceTicketSourcesExtensionPoint,
        sync: operationalExcellenceSyncExtensionPoint,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        database: coreServices.database,
        discovery: coreServices.discovery,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
      },
      async init(deps) {
        const { auditor, auth, discovery, httpAuth, logger, sync } = deps;
        const { improvementLabels } = readTrackerConfig(deps.config);
        const store = TrackerStore.create({
          db: await applyTrackerMigrations(deps.database),
        });

        deps.sources.addTicketSource(
          TrackerSource.create({ store, improvementLabels }),
        );
        deps.httpRouter.use(
          createTrackerRouter({
            httpAuth,
            auditor,
            tracker: AuthorizedTrackerService.create({
              service: StoredTrackerService.create({ store, sync, logger }),
              permissions: deps.permissions,
              entities: CatalogEntities.create({ auth, discovery }),
            }),
          }),
        );
      },
    });
  },
});
