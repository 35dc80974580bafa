import { createBackend } from '@backstage/backend-defaults';
import {
  BackendFeature,
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { BenchDatabase, benchPlugin, Floor } from './benchPlugin';
import { simulatedCatalog } from './SimulatedCatalog';

/** The configuration of a backend whose guests may do everything. */
export function benchConfig(options: {
  connection: string;
  port: number;
}): JsonObject {
  const { connection, port } = options;
  const baseUrl = `http://127.0.0.1:${port}`;
  return {
    app: { baseUrl },
    backend: {
      baseUrl,
      listen: { host: '127.0.0.1', port },
      database: {
        client: 'pg',
        connection,
        pluginDivisionMode: 'schema',
        knexConfig: { pool: { min: 2, max: 20 } },
      },
    },
    auth: {
      providers: { guest: { dangerouslyAllowOutsideDevelopment: true } },
    },
    permission: { enabled: true },
  };
}

/** Starts a real backend over a simulated catalog. */
export async function startBenchBackend(options: {
  config: JsonObject;
  entities: Iterable<Entity>;
  /** Beside the plugin under test. */
  features: readonly (BackendFeature | Promise<{ default: BackendFeature }>)[];
  /** What other routes are measured against, by their paths. */
  floors?: Readonly<Record<string, Floor>>;
}): Promise<BenchDatabase> {
  const { config, entities, features, floors } = options;
  let database: BenchDatabase | undefined;
  const backend = createBackend();
  backend.add(
    createServiceFactory({
      service: coreServices.rootConfig,
      deps: {},
      factory: () => new ConfigReader(config),
    }),
  );
  backend.add(simulatedCatalog(entities));
  backend.add(import('@backstage/plugin-auth-backend'));
  backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));
  backend.add(import('@backstage/plugin-permission-backend'));
  backend.add(
    import('@backstage/plugin-permission-backend-module-allow-all-policy'),
  );
  backend.add(import('backstage-plugin-operational-excellence-backend'));
  for (const feature of features) backend.add(feature);
  backend.add(benchPlugin(ready => (database = ready), floors));
  await backend.start();
  if (!database) throw new Error('The backend started without its database');
  return database;
}
