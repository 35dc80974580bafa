import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  OperationalExcellenceRecordsExtensionPoint,
  operationalExcellenceExperimentSourcesExtensionPoint,
  operationalExcellenceRecordsExtensionPoint,
  OperationalExcellenceSyncExtensionPoint,
  operationalExcellenceSyncExtensionPoint,
  operationalExcellenceTicketSourcesExtensionPoint,
} from 'backstage-plugin-operational-excellence-node';
import {
  ANNOTATION_FAKE_PROJECT,
  FakeExperimentSource,
  FakeTicketSource,
} from 'backstage-plugin-operational-excellence-node/testUtils';
import { Knex } from 'knex';
import request from 'supertest';
import plugin from './index';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const payments: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'payments',
    title: 'Payments',
    annotations: { [ANNOTATION_FAKE_PROJECT]: 'acme' },
  },
  spec: { type: 'service', owner: 'team-a' },
};

/** Waits until something holds, and fails with what does not. */
async function eventually(expectation: () => Promise<void>) {
  const giveUpAt = Date.now() + 10_000;
  for (;;) {
    try {
      await expectation();
      return;
    } catch (error) {
      if (Date.now() > giveUpAt) throw error;
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  }
}

async function start(options: {
  db: Knex;
  sources?: {
    tickets?: FakeTicketSource[];
    experiments?: FakeExperimentSource[];
  };
  config?: JsonObject;
}) {
  const { config = {}, db, sources = {} } = options;
  let records: OperationalExcellenceRecordsExtensionPoint | undefined;
  let sync: OperationalExcellenceSyncExtensionPoint | undefined;
  const module = createBackendModule({
    pluginId: 'operational-excellence',
    moduleId: 'test',
    register(env) {
      env.registerInit({
        deps: {
          tickets: operationalExcellenceTicketSourcesExtensionPoint,
          experiments: operationalExcellenceExperimentSourcesExtensionPoint,
          records: operationalExcellenceRecordsExtensionPoint,
          sync: operationalExcellenceSyncExtensionPoint,
        },
        async init(deps) {
          deps.tickets.addTicketSource(...(sources.tickets ?? []));
          deps.experiments.addExperimentSource(...(sources.experiments ?? []));
          records = deps.records;
          sync = deps.sync;
        },
      });
    },
  });
  const backend = await startTestBackend({
    features: [
      plugin,
      module,
      catalogServiceMock.factory({ entities: [payments] }),
      mockServices.database.factory({ knex: db }),
      mockServices.rootConfig.factory({
        data: { operationalExcellence: config },
      }),
    ],
  });
  return {
    server: backend.server,
    stop: () => backend.stop(),
    records: records!,
    sync: sync!,
  };
}

describe.each(databases.eachSupportedId())(
  'operationalExcellencePlugin on %s',
  databaseId => {
    const api = '/api/operational-excellence';
    let db: Knex;

    beforeEach(async () => {
      db = await databases.init(databaseId);
    });

    it('reads the catalog and the sources of modules by itself', async () => {
      const source = FakeTicketSource.create();
      await source.upstream.create({ title: 'Old', improvement: true });
      const { server, stop } = await start({
        db,
        sources: {
          tickets: [source],
          experiments: [FakeExperimentSource.create()],
        },
      });

      await eventually(async () => {
        const { body } = await request(server).get(`${api}/sources`);
        expect(body.items).toEqual([
          expect.objectContaining({
            id: 'fake:tickets',
            kind: 'ticket',
            health: 'ok',
            rows: 1,
            services: 1,
          }),
          expect.objectContaining({
            id: 'fake:experiments',
            kind: 'experiment',
            health: 'ok',
            rows: 0,
            services: 0,
          }),
        ]);
      });
      const [status] = await db('service_status')
        .join('services', 'services.id', 'service_status.service_id')
        .select('entity_ref', 'owner_ref', 'backlog_open_count');
      expect(status).toEqual({
        entity_ref: 'component:default/payments',
        owner_ref: 'group:default/team-a',
        backlog_open_count: 1,
      });
      await stop();
    });

    it('starts without any source', async () => {
      const { server, stop } = await start({ db });
      const { body } = await request(server).get(`${api}/sources`).expect(200);
      expect(body.items).toEqual([]);
      await stop();
    });
  },
);
