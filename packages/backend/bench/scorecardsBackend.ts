/*
 * A real backend over the catalog of a large company and a simulated tracker,
 * started by the benchmarks of scorecards.
 */
import { createBackendModule } from '@backstage/backend-plugin-api';
import { operationalExcellenceTicketSourcesExtensionPoint } from 'backstage-plugin-operational-excellence-node';
import { deepOrganisation } from './deepOrganisation';
import { answerParent, MemoryWatch } from './parent';
import { scorecardFloors } from './scorecardFloors';
import { ScorecardsSettings } from './scorecardsSettings';
import { ANNOTATION_SCOPE } from './SimulatedCatalog';
import { SimulatedTracker } from './SimulatedTracker';
import { benchConfig, startBenchBackend } from './startBenchBackend';

const settings: ScorecardsSettings = JSON.parse(process.argv[2]);
const tracker = new SimulatedTracker(settings);

const config = {
  ...benchConfig(settings),
  operationalExcellence: {
    tierLabel: 'example.com/tier',
    policies: settings.policies,
    services: { refreshEvery: 'PT6H' },
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

async function start() {
  const database = await startBenchBackend({
    config,
    entities: deepOrganisation({
      services: settings.services,
      annotations: service => ({
        [ANNOTATION_SCOPE]: `scope-${service % settings.scopes}`,
      }),
    }),
    features: [trackerModule],
    floors: scorecardFloors,
  });
  const memory = new MemoryWatch();
  answerParent({
    progress: () => database.progress(),
    prepareFloor: () => database.prepareFloor(),
    open: async () => tracker.open(),
    /** Changes tickets in all scopes. */
    touch: async (given: { tickets: number }) => {
      for (let index = 0; index < settings.scopes; index++) {
        tracker.touch(`scope-${index}`, given.tickets);
      }
    },
    beginMemory: async (given: { isKept: boolean }) =>
      memory.begin(given.isKept),
    endMemory: async () => memory.end(),
  });
}

start().catch(error => {
  process.stderr.write(`${error?.stack ?? error}\n`);
  process.exit(1);
});
