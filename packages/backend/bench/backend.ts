/*
 * A real backend over a simulated catalog and tracker, started by the
 * benchmarks as a process of its own. It is told what to do, and tells what it
 * measured, over the channel to its parent.
 */
import { createBackendModule } from '@backstage/backend-plugin-api';
import { operationalExcellenceTicketSourcesExtensionPoint } from 'backstage-plugin-operational-excellence-node';
import { answerParent, watchMemory } from './parent';
import { BenchDatabase } from './benchPlugin';
import { ANNOTATION_SCOPE, organisation } from './SimulatedCatalog';
import { SimulatedTracker } from './SimulatedTracker';
import { BenchSettings, PAGE_SIZE } from './settings';
import { benchConfig, startBenchBackend } from './startBenchBackend';

const settings: BenchSettings = JSON.parse(process.argv[2]);
const tracker = new SimulatedTracker(settings);

const config = {
  ...benchConfig(settings),
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
  const database = await startBenchBackend({
    config,
    entities: [
      ...organisation({
        services: settings.services,
        annotations: service => ({
          [ANNOTATION_SCOPE]: `scope-${service % settings.scopes}`,
        }),
      }),
    ],
    features: [trackerModule],
  });
  answerParent(answersOf(database));
}

start().catch(error => {
  process.stderr.write(`${error?.stack ?? error}\n`);
  process.exit(1);
});
