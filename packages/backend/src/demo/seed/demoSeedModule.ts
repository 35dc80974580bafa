import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  operationalExcellenceRecordsExtensionPoint,
  operationalExcellenceSyncExtensionPoint,
  operationalExcellenceTicketSourcesExtensionPoint,
} from 'backstage-plugin-operational-excellence-node';
import { isDemoEnabled } from '../config';
import { FisEndpoint } from '../experiments';
import { HeritageTracker } from '../source';
import { DemoSeeder } from './DemoSeeder';
import { PluginApi } from './PluginApi';
import { SeedProgress } from './SeedProgress';

/** The past of the demo organisation; nothing where the demo is switched off. */
export const demoSeedModule = createBackendModule({
  pluginId: 'operational-excellence',
  moduleId: 'demo',
  register(env) {
    env.registerInit({
      deps: {
        records: operationalExcellenceRecordsExtensionPoint,
        sources: operationalExcellenceTicketSourcesExtensionPoint,
        sync: operationalExcellenceSyncExtensionPoint,
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        database: coreServices.database,
        discovery: coreServices.discovery,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
      },
      async init(deps) {
        const { auth, config, database, discovery, logger, records } = deps;
        if (!isDemoEnabled(config)) return;

        deps.sources.addTicketSource(HeritageTracker.create());
        const seeder = DemoSeeder.create({
          api: PluginApi.create({ auth, discovery }),
          fis: FisEndpoint.fromConfig(config, { discovery }),
          progress: await SeedProgress.create({ database }),
          records,
          sync: deps.sync,
          logger,
        });
        const finished = new AbortController();
        await deps.scheduler.scheduleTask({
          id: 'seed-demo',
          // In each process: after one that was killed, the next need not wait
          // until its claim on a shared task expires.
          scope: 'local',
          frequency: { seconds: 5 },
          timeout: { minutes: 5 },
          signal: finished.signal,
          fn: async signal => {
            if (await seeder.run(signal)) finished.abort();
          },
        });
      },
    });
  },
});
