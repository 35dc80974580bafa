/*
 * A real backend over a simulated catalog that reads a tracker in another
 * process through the tracker's module, started by the benchmarks.
 */
import { stringifyEntityRef } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { BenchDatabase } from './benchPlugin';
import { answerParent, watchMemory } from './parent';
import { organisation } from './SimulatedCatalog';
import { benchConfig, startBenchBackend } from './startBenchBackend';
import {
  JIRA_ACCESS,
  JIRA_INSTANCE,
  REDMINE_KEY,
  TrackerBackendSettings,
  WEBHOOK_SECRET,
} from './upstreamSettings';

const settings: TrackerBackendSettings = JSON.parse(process.argv[2]);
const { containers, port, upstreamUrl } = settings;

/** Only when asked to, after the first time. */
const schedule = { every: 'P1D', tolerance: 'P2D' };

const TRACKERS: Record<
  TrackerBackendSettings['kind'],
  {
    sources: JsonObject;
    annotations: (service: number) => Record<string, string>;
  }
> = {
  jira: {
    sources: {
      jira: [
        {
          id: JIRA_INSTANCE,
          baseUrl: upstreamUrl,
          deployment: 'cloud',
          ...JIRA_ACCESS,
          improvement: { issueTypes: ['Improvement'] },
          webhookSecret: WEBHOOK_SECRET,
          schedule,
        },
      ],
    },
    annotations: service => ({
      'jira/project-key': `P${service % containers}`,
      'jira/component': componentOf(service),
    }),
  },
  redmine: {
    sources: {
      redmine: [
        {
          id: 'bench',
          baseUrl: upstreamUrl,
          apiKey: REDMINE_KEY,
          improvement: { trackers: ['Feature'] },
          schedule,
        },
      ],
    },
    annotations: service => ({
      'redmine.org/project': `project-${service % containers}`,
    }),
  },
};

function componentOf(service: number): string {
  return `component-${Math.floor(service / containers)}`;
}

const baseUrl = `http://127.0.0.1:${port}`;
const config: JsonObject = {
  ...benchConfig(settings),
  operationalExcellence: {
    services: { refreshEvery: 'PT10S' },
    sync: { concurrency: settings.concurrency, tickEvery: 'PT1S' },
    sources: TRACKERS[settings.kind].sources,
  },
};

const entities = [
  ...organisation({
    services: settings.services,
    annotations: TRACKERS[settings.kind].annotations,
  }),
];

const memory = watchMemory();

/** Lets an event through the webhook as Jira sends it. */
async function sendEvent(issueKey: string): Promise<void> {
  const body = JSON.stringify({
    timestamp: Date.now(),
    webhookEvent: 'jira:issue_updated',
    issue: { id: '1', key: issueKey, fields: {} },
  });
  const signature = createHmac('sha256', WEBHOOK_SECRET)
    .update(body)
    .digest('hex');
  const response = await fetch(
    `${baseUrl}/api/events/http/operational-excellence.jira.${JIRA_INSTANCE}`,
    {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-hub-signature': `sha256=${signature}`,
      },
      body,
    },
  );
  if (!response.ok) {
    throw new Error(`${response.status} ${await response.text()}`);
  }
}

function answersOf(database: BenchDatabase) {
  /** Waits until a status row shows another number of open improvements. */
  const untilOpenCount = async (given: {
    service: string;
    isNot: number | null;
    withinMs: number;
  }) => {
    const end = Date.now() + given.withinMs;
    for (;;) {
      const count = await database.openCountOf(given.service);
      if (count !== given.isNot) return count;
      if (Date.now() > end) return undefined;
      await sleep(5);
    }
  };
  return {
    progress: () => database.progress(),
    rowsOf: (table: 'service_status' | 'tickets') => database.rowsOf(table),
    openCountOf: (service: string) => database.openCountOf(service),
    untilOpenCount,
    memory,
    /** Milliseconds from an event to the changed row; null where it stays as it is. */
    timeEvent: async (given: {
      issueKey: string;
      service: string;
      withinMs: number;
    }) => {
      const before = await database.openCountOf(given.service);
      const startedAt = performance.now();
      await sendEvent(given.issueKey);
      const changed = await untilOpenCount({
        service: given.service,
        isNot: before,
        withinMs: given.withinMs,
      });
      return changed === undefined ? null : performance.now() - startedAt;
    },
    /** Takes an annotation from services. */
    unannotate: async (given: { services: string[]; annotation: string }) => {
      for (const entity of entities) {
        if (given.services.includes(stringifyEntityRef(entity))) {
          delete entity.metadata.annotations?.[given.annotation];
        }
      }
    },
  };
}

async function start() {
  const database = await startBenchBackend({
    config,
    entities,
    features: [
      import('@backstage/plugin-events-backend'),
      settings.kind === 'jira'
        ? import('backstage-plugin-operational-excellence-backend-module-jira')
        : import(
            'backstage-plugin-operational-excellence-backend-module-redmine'
          ),
    ],
  });
  answerParent(answersOf(database));
}

start().catch(error => {
  process.stderr.write(`${error?.stack ?? error}\n`);
  process.exit(1);
});
