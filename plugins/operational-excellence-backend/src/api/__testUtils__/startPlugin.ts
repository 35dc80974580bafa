import {
  AuditorService,
  coreServices,
  createBackendModule,
  createServiceFactory,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  CatalogService,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import { JsonObject } from '@backstage/types';
import {
  operationalExcellenceTicketSourcesExtensionPoint,
  TicketSource,
} from 'backstage-plugin-operational-excellence-node';
import { Knex } from 'knex';
import plugin from '../../index';
import { FakePolicy } from '../../visibility/__testUtils__/FakePolicy';
import { DocumentedApi } from './DocumentedApi';

/** Starts a backend with the whole plugin. */
export async function startPlugin(options: {
  auditor: AuditorService;
  catalog: CatalogService;
  db: Knex;
  policy: FakePolicy;
  sources: TicketSource[];
  config?: JsonObject;
}) {
  const { auditor, catalog, config, db, policy, sources } = options;
  let scheduled: SchedulerService | undefined;
  const backend = await startTestBackend({
    features: [
      plugin,
      createBackendModule({
        pluginId: 'operational-excellence',
        moduleId: 'fakes',
        register(env) {
          env.registerInit({
            deps: {
              extensionPoint: operationalExcellenceTicketSourcesExtensionPoint,
              scheduler: coreServices.scheduler,
            },
            async init({ extensionPoint, scheduler }) {
              scheduled = scheduler;
              extensionPoint.addTicketSource(...sources);
            },
          });
        },
      }),
      createServiceFactory({
        service: catalogServiceRef,
        deps: {},
        factory: () => catalog,
      }),
      createServiceFactory({
        service: coreServices.permissions,
        deps: {},
        factory: () => policy,
      }),
      createServiceFactory({
        service: coreServices.auditor,
        deps: {},
        factory: () => auditor,
      }),
      mockServices.rootConfig.factory({
        data: {
          operationalExcellence: {
            visibility: { decisionsFor: 'PT0.001S', servicesFor: 'PT0.001S' },
            ...config,
          },
        },
      }),
      mockServices.database.factory({ knex: db }),
    ],
  });
  return {
    api: DocumentedApi.of(backend.server),
    /** Does at once what is done now and then; it was done once at the start. */
    runTask: async (id: string) => scheduled?.triggerTask(id),
    stop: () => backend.stop(),
  };
}
