/*
 * A real backend over a simulated catalog that files improvements in GitHub
 * hosts in another process, started by the benchmark of filing.
 */
import { answerParent } from './parent';
import {
  FilingBackendSettings,
  GITHUB_TOKEN,
  hostName,
  repositoryName,
} from './filingSettings';
import { organisation } from './SimulatedCatalog';
import { benchConfig, startBenchBackend } from './startBenchBackend';

const settings: FilingBackendSettings = JSON.parse(process.argv[2]);
const { upstreamUrls } = settings;

const config = {
  ...benchConfig(settings),
  integrations: {
    github: upstreamUrls.map((apiBaseUrl, host) => ({
      host: hostName(host),
      apiBaseUrl,
      token: GITHUB_TOKEN,
    })),
  },
  operationalExcellence: {
    services: { refreshEvery: 'PT1H' },
    sync: { concurrency: settings.concurrency, tickEvery: 'PT1S' },
    sources: {
      github: upstreamUrls.map((_, host) => ({
        host: hostName(host),
        improvement: { labels: ['improvement'] },
        schedule: { every: settings.syncEvery, tolerance: 'P2D' },
      })),
    },
  },
};

function annotationsOf(service: number): Record<string, string> {
  const host = service % upstreamUrls.length;
  const repository =
    Math.floor(service / upstreamUrls.length) % settings.repositories;
  const slug = repositoryName(host, repository);
  return {
    'github.com/project-slug': slug,
    'backstage.io/source-location': `url:https://${hostName(host)}/${slug}/`,
  };
}

async function start() {
  const database = await startBenchBackend({
    config,
    entities: [
      ...organisation({
        services: settings.services,
        annotations: annotationsOf,
      }),
    ],
    features: [
      import('backstage-plugin-operational-excellence-backend-module-github'),
    ],
  });
  answerParent({
    progress: () => database.progress(),
    rowsOf: (table: 'service_status' | 'tickets') => database.rowsOf(table),
  });
}

start().catch(error => {
  process.stderr.write(`${error?.stack ?? error}\n`);
  process.exit(1);
});
