import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import {
  CatalogService,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { JsonObject } from '@backstage/types';
import operationalExcellence from 'backstage-plugin-operational-excellence-backend';
import {
  ExperimentItem,
  Page,
  ServiceDetail,
  SourceScope,
  TicketItem,
} from 'backstage-plugin-operational-excellence-common';
import { FaultSubject } from 'backstage-plugin-operational-excellence-node/testUtils';
import { createServer, AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { FaultyUpstream, FaultyVendor, TOLERANCE } from './FaultyVendor';
import { mergedConfig } from './mergedConfig';

const TOKEN = 'of-the-fault-suite';
const LOOKED_AT_EVERY_MS = 200;

/** Longer than the longest run: four attempts of half a minute at two requests. */
const RUN_ENDS_WITHIN_MS = 300_000;

/**
 * A running backend with the plugin, the modules of some vendors and nothing
 * else, that is looked at through its HTTP API only.
 */
export class FaultyPortal {
  readonly #entities: Entity[];
  readonly #url: string;
  readonly #stop: () => Promise<void>;

  static async start(options: {
    vendors: readonly FaultyVendor[];
    config: JsonObject;
    /** Of a PostgreSQL database; SQLite in memory if left out. */
    connection?: string;
  }): Promise<FaultyPortal> {
    const port = await freePort();
    const entities: Entity[] = [];
    const backend = createBackend();
    backend.add(
      createServiceFactory({
        service: coreServices.rootConfig,
        deps: {},
        factory: () =>
          new ConfigReader(
            mergedConfig(
              portalConfig({ port, connection: options.connection }),
              options.config,
            ),
          ),
      }),
    );
    backend.add(mockServices.rootLogger.factory({ level: 'none' }));
    backend.add(catalogOf(entities));
    backend.add(operationalExcellence);
    for (const vendor of options.vendors) {
      vendor.features.forEach(feature => backend.add(feature));
    }
    await backend.start();
    return new FaultyPortal(entities, `http://127.0.0.1:${port}/api`, () =>
      backend.stop(),
    );
  }

  private constructor(
    entities: Entity[],
    url: string,
    stop: () => Promise<void>,
  ) {
    this.#entities = entities;
    this.#url = url;
    this.#stop = stop;
  }

  /** Where its plugins are served. */
  get url(): string {
    return this.#url;
  }

  async stop(): Promise<void> {
    await this.#stop();
  }

  /** A source of it, with a service that does not exist before it begins. */
  subject(
    name: string,
    measure: FaultyVendor['measure'],
    source: FaultyUpstream,
  ): FaultSubject {
    const path = `/services/component/default/${name}`;
    return {
      ...source,
      toleranceMs: TOLERANCE.ms,
      begin: async () => {
        this.#entities.push(component(name, source.annotations));
        await this.#until(() => this.#knows(path));
        await this.#runEnds(source.sourceId, undefined);
      },
      sync: async () => {
        const before = await this.#scope(source.sourceId);
        const { sourceId } = source;
        await this.#ask(
          'POST',
          `/sources/${encodeURIComponent(sourceId)}/sync`,
        );
        await this.#runEnds(sourceId, before);
      },
      read: () =>
        measure === 'backlog' ? this.#backlog(path) : this.#gameDay(path, name),
    };
  }

  async #backlog(path: string) {
    const tickets = await this.#get<Page<TicketItem>>(
      `${path}/tickets?state=all&limit=200`,
    );
    const { backlog } = await this.#get<ServiceDetail>(path);
    const { openCount, oldestCreatedAt, medianCreatedAt, closed90d } = backlog;
    return {
      figures:
        backlog.state === 'unknown'
          ? 'unknown'
          : { openCount, oldestCreatedAt, medianCreatedAt, closed90d },
      checkedAt: instantOf(backlog.checkedAt),
      rows: tickets.items.map(({ key }) => key),
    };
  }

  async #gameDay(path: string, name: string) {
    const experiments = await this.#get<Page<ExperimentItem>>(
      `/experiments?service=component:default/${name}&limit=200`,
    );
    const { gameDay } = await this.#get<ServiceDetail>(path);
    return {
      figures:
        gameDay.state === 'unknown'
          ? 'unknown'
          : { lastHeldAt: gameDay.lastHeldAt },
      checkedAt: instantOf(gameDay.checkedAt),
      rows: experiments.items.map(({ tags }) => tags.Name),
    };
  }

  async #knows(path: string): Promise<boolean> {
    const response = await this.#fetch('GET', path);
    return response.status !== 404;
  }

  async #scope(sourceId: string): Promise<SourceScope | undefined> {
    const { items } = await this.#get<Page<SourceScope>>(
      `/sources/${encodeURIComponent(sourceId)}/scopes`,
    );
    return items[0];
  }

  /** Waits for the end of a run that is noted neither in `before` nor earlier. */
  async #runEnds(sourceId: string, before: SourceScope | undefined) {
    await this.#until(async () => {
      const now = await this.#scope(sourceId);
      return (
        now !== undefined &&
        !now.running &&
        (now.checkedAt !== (before?.checkedAt ?? null) ||
          now.consecutiveFailures !== (before?.consecutiveFailures ?? 0))
      );
    });
  }

  async #until(isSo: () => Promise<boolean>): Promise<void> {
    const end = Date.now() + RUN_ENDS_WITHIN_MS;
    while (!(await isSo())) {
      if (Date.now() > end) throw new Error('The portal takes too long');
      await sleep(LOOKED_AT_EVERY_MS);
    }
  }

  async #get<T>(path: string): Promise<T> {
    const response = await this.#ask('GET', path);
    return response.json() as Promise<T>;
  }

  async #ask(method: string, path: string): Promise<Response> {
    const response = await this.#fetch(method, path);
    if (response.ok) return response;
    throw new Error(
      `${method} ${path}: ${response.status} ${await response.text()}`,
    );
  }

  #fetch(method: string, path: string): Promise<Response> {
    return fetch(`${this.#url}/operational-excellence${path}`, {
      method,
      headers: {
        authorization: `Bearer ${TOKEN}`,
        // A connection that was kept may be closed while the next request is sent.
        connection: 'close',
      },
    });
  }
}

function portalConfig(options: {
  port: number;
  connection?: string;
}): JsonObject {
  const { port, connection } = options;
  return {
    app: { baseUrl: `http://127.0.0.1:${port}` },
    backend: {
      baseUrl: `http://127.0.0.1:${port}`,
      listen: { host: '127.0.0.1', port },
      database: connection
        ? { client: 'pg', connection, pluginDivisionMode: 'schema' }
        : { client: 'better-sqlite3', connection: ':memory:' },
      auth: {
        externalAccess: [
          { type: 'static', options: { token: TOKEN, subject: 'fault-suite' } },
        ],
      },
    },
    operationalExcellence: {
      services: { refreshEvery: 'PT1S' },
      sync: { concurrency: 100, tickEvery: 'PT1S' },
    },
  };
}

function component(name: string, annotations: Record<string, string>): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default', annotations },
    spec: { type: 'service', lifecycle: 'production', owner: 'team-a' },
  };
}

/** A catalog of a list that grows. */
function catalogOf(entities: Entity[]) {
  const present = () => catalogServiceMock({ entities });
  const catalog: Pick<CatalogService, 'streamEntities' | 'getEntitiesByRefs'> =
    {
      streamEntities: request => present().streamEntities(request),
      getEntitiesByRefs: request => present().getEntitiesByRefs(request),
    };
  return createServiceFactory({
    service: catalogServiceRef,
    deps: {},
    factory: () => catalog as CatalogService,
  });
}

function instantOf(text: string | null): number | null {
  return text === null ? null : Date.parse(text);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => {
    server.close(resolve);
  });
  return port;
}
