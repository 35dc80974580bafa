/*
 * A real backend over a simulated catalog and tracker, started by the
 * benchmarks as a process of its own. It is told what to do, and tells what it
 * measured, over the channel to its parent.
 */
import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import { operationalExcellenceTicketSourcesExtensionPoint } from 'backstage-plugin-operational-excellence-node';
import { answerParent, watchMemory } from './parent';
import { BenchDatabase, benchPlugin } from './benchPlugin';
import {
  ANNOTATION_SCOPE,
  organisation,
  simulatedCatalog,
} from './SimulatedCatalog';
import { SimulatedTracker } from './SimulatedTracker';
import { BenchSettings, PAGE_SIZE } from './settings';

const settings: BenchSettings = JSON.parse(process.argv[2]);
const tracker = new SimulatedTracker(settings);

const config = {
  app: { baseUrl: `http://127.0.0.1:${settings.port}` },
  backend: {
    baseUrl: `http://127.0.0.1:${settings.port}`,
    listen: { host: '127.0.0.1', port: settings.port },
    database: {
      client: 'pg',
      connection: settings.connection,
      pluginDivisionMode: 'schema',
      knexConfig: { pool: { min: 2, max: 20 } },
    },
  },
  auth: {
    providers: { guest: { dangerouslyAllowOutsideDevelopment: true } },
  },
  permission: { enabled: true },
  operationalExcellence: {
    tierLabel: 'example.com/tier',
    services: { refreshEvery: 'PT1H' },
    sync: { concurrency: settings.concurrency, tickEvery: 'PT1S' },
  },
};

const trackerModule = createBackendModule({
  pluginId: 'operational-excellence',
  moduleId: 'simulated-tracker',
  register(env) {
    env.registerInit({
      deps: { sources: operationalExcellenceTicketSourcesExtensionPoint },
      async init({ sources }) {
        sources.addTicketSource(tracker);
      },
    });
  },
});

const memory = watchMemory();

/** What the parent can ask for, by name. */
function answersOf(database: BenchDatabase) {
  return {
    progress: () => database.progress(),
    rowsOf: (table: 'service_status' | 'tickets') => database.rowsOf(table),
    analyze: () => database.analyze(),
    prepareFloor: () => database.prepareFloor(),
    upsertAgain: () =>
      database.upsertAgain({
        concurrency: settings.concurrency,
        pageSize: PAGE_SIZE,
      }),
    open: async () => tracker.open(),
    trackerRequests: async () => ({ ...tracker.requests }),
    /** Changes tickets in the first scopes; answers how many pages they fill. */
    touch: async (given: { scopes: number; tickets: number }) => {
      let pages = 0;
      for (let index = 0; index < given.scopes; index++) {
        pages += tracker.touch(`scope-${index}`, given.tickets);
      }
      return pages;
    },
    memory,
  };
}

async function start() {
  let database: BenchDatabase | undefined;
  const backend = createBackend();
  backend.add(
    createServiceFactory({
      service: coreServices.rootConfig,
      deps: {},
      factory: () => new ConfigReader(config),
    }),
  );
  backend.add(
    simulatedCatalog([
      ...organisation({
        services: settings.services,
        annotations: service => ({
          [ANNOTATION_SCOPE]: `scope-${service % settings.scopes}`,
        }),
      }),
    ]),
  );
  backend.add(import('@backstage/plugin-auth-backend'));
  backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));
  backend.add(import('@backstage/plugin-permission-backend'));
  backend.add(
    import('@backstage/plugin-permission-backend-module-allow-all-policy'),
  );
  backend.add(import('backstage-plugin-operational-excellence-backend'));
  backend.add(trackerModule);
  backend.add(benchPlugin(ready => (database = ready)));
  await backend.start();
  if (!database) throw new Error('The backend started without its database');

  answerParent(answersOf(database));
}

start().catch(error => {
  process.stderr.write(`${error?.stack ?? error}\n`);
  process.exit(1);
});
