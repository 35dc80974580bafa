import {
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import {
  DefaultEventsService,
  eventsServiceRef,
} from '@backstage/plugin-events-node';
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
import { Server } from 'http';
import { Knex } from 'knex';
import request from 'supertest';
import plugin from './index';
import { emptyDatabase } from './sync/__testUtils__/emptyDatabase';
import { eventually } from './sync/__testUtils__/TestSync';

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

interface Deps {
  records: OperationalExcellenceRecordsExtensionPoint;
  sync: OperationalExcellenceSyncExtensionPoint;
}

async function start(options: {
  db: Knex;
  sources?: {
    tickets?: FakeTicketSource[];
    experiments?: FakeExperimentSource[];
  };
  config?: JsonObject;
  /** What a module does while it initialises. */
  onInit?: (deps: Deps) => void | Promise<void>;
}) {
  const { config = {}, db, onInit, sources = {} } = options;
  const logger = mockServices.logger.mock();
  let deps: Deps | undefined;
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
        async init({ tickets, experiments, records, sync }) {
          tickets.addTicketSource(...(sources.tickets ?? []));
          experiments.addExperimentSource(...(sources.experiments ?? []));
          deps = { records, sync };
          await onInit?.(deps);
        },
      });
    },
  });
  const events = DefaultEventsService.create({ logger, useEventBus: 'never' });
  const backend = await startTestBackend({
    features: [
      plugin,
      module,
      catalogServiceMock.factory({ entities: [payments] }),
      mockServices.database.factory({ knex: db }),
      logger.factory,
      createServiceFactory({
        service: eventsServiceRef,
        deps: {},
        factory: () => events.forPlugin('operational-excellence'),
      }),
      mockServices.rootConfig.factory({
        data: { operationalExcellence: config },
      }),
    ],
  });
  return {
    server: backend.server,
    stop: () => backend.stop(),
    events,
    logger,
    ...deps!,
  };
}

describe.each(databases.eachSupportedId())(
  'operationalExcellencePlugin on %s',
  databaseId => {
    const api = '/api/operational-excellence';
    let db: Knex;

    beforeAll(async () => {
      db = await databases.init(databaseId);
    });

    beforeEach(async () => {
      await emptyDatabase(db);
    });

    const serviceOf = async (server: Server) => {
      const { body } = await request(server)
        .get(`${api}/services/component/default/payments`)
        .expect(200);
      return body;
    };

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
      expect(await serviceOf(server)).toMatchObject({
        entityRef: 'component:default/payments',
        ownerRef: 'group:default/team-a',
        backlog: { state: 'ok', openCount: 1 },
        gameDay: { state: 'never' },
      });
      const { body } = await request(server).get(`${api}/services`);
      expect(body).toMatchObject({ totalItems: 1 });
      await stop();
    });

    it('shows what an event hints at', async () => {
      const source = FakeTicketSource.create({
        schedule: { every: 'P1D' },
      });
      const { events, server, stop } = await start({
        db,
        sources: { tickets: [source] },
      });
      await eventually(async () =>
        expect((await serviceOf(server)).backlog.state).toBe('ok'),
      );
      const [id] = await source.upstream.create({
        title: 'New',
        improvement: true,
      });
      const openCount = async () => {
        const { body } = await request(server).get(`${api}/services`);
        return body.items[0].backlog.openCount;
      };
      expect(await openCount()).toBe(0);
      await events.publish(await source.upstream.eventOf(id));
      await eventually(async () => expect(await openCount()).toBe(1));
      await stop();
    });

    it('goes on where it was after a restart', async () => {
      const source = FakeTicketSource.create();
      const [id] = await source.upstream.create({
        title: 'Old',
        improvement: true,
      });
      const first = await start({ db, sources: { tickets: [source] } });
      await eventually(async () =>
        expect((await serviceOf(first.server)).backlog.openCount).toBe(1),
      );
      await first.stop();
      await source.upstream.close(id);

      const second = await start({ db, sources: { tickets: [source] } });
      expect((await serviceOf(second.server)).backlog.openCount).toBe(1);
      await request(second.server)
        .post(`${api}/sources/fake:tickets/sync`)
        .expect(202, { scopes: 1 });
      await eventually(async () =>
        expect((await serviceOf(second.server)).backlog.openCount).toBe(0),
      );
      await second.stop();
    });

    it('starts without any source', async () => {
      const { server, stop } = await start({ db });
      const { body } = await request(server).get(`${api}/sources`).expect(200);
      expect(body.items).toEqual([]);
      await stop();
    });

    it('does not start with a mistake in the configuration', async () => {
      await expect(
        start({ db, config: { sync: { tickEvery: 'often' } } }),
      ).rejects.toThrow(
        'operationalExcellence.sync.tickEvery: expected an ISO 8601 duration longer than zero, such as PT5S; got "often"',
      );
    });

    it('meets the requests of modules, also those that came too early', async () => {
      const source = FakeTicketSource.create();
      const { logger, server, stop, sync } = await start({
        db,
        sources: { tickets: [source] },
        onInit: async deps => {
          await deps.sync.requestSync({ sourceId: 'fake:tickets' });
          await deps.sync.requestSync({ sourceId: 'gone' });
        },
      });
      expect(logger.error).toHaveBeenCalledWith(
        'A request to synchronise gone could not be met: There is no source gone',
      );
      await eventually(async () =>
        expect((await serviceOf(server)).backlog.state).toBe('ok'),
      );
      await source.upstream.create({ title: 'New', improvement: true });
      await sync.requestSync({ sourceId: 'fake:tickets', scopeKey: 'acme' });
      await eventually(async () =>
        expect((await serviceOf(server)).backlog.openCount).toBe(1),
      );
      await sync.requestSync({ sourceId: 'fake:tickets', scopeKey: 'other' });
      await expect(sync.requestSync({ sourceId: 'gone' })).rejects.toThrow(
        'There is no source gone',
      );
      await stop();
    });

    it('puts down what modules tell, also what they told too early', async () => {
      let early: Promise<string[]> | undefined;
      const { records, server, stop } = await start({
        db,
        onInit: deps => {
          early = deps.records.knownServices();
        },
      });
      await expect(early).resolves.toEqual(expect.any(Array));
      await eventually(async () =>
        expect(await records.knownServices()).toEqual([
          'component:default/payments',
        ]),
      );
      await records.recordReadinessTest({
        entityRef: 'component:default/payments',
        template: 'production-readiness',
        performedAt: Date.now() - 1_000,
        performedBy: 'user:default/jane',
        verdict: 'fail',
        validUntil: null,
        summary: 'No runbook',
      });
      const startedAt = Date.now() - 60_000;
      const exercise = {
        key: 'recorded-1',
        recordedBy: 'user:default/jane',
        kind: 'game-day' as const,
        title: 'Lose a zone',
        entityRefs: ['component:default/payments'],
        plannedStart: startedAt,
        plannedEnd: startedAt + 1_000,
        facilitator: null,
        scope: null,
        hypothesis: null,
        hypothesisBound: null,
        steadyState: null,
        blastRadius: null,
        stopConditions: [],
        held: {
          startedAt,
          endedAt: startedAt + 1_000,
          outcome: 'completed' as const,
          surprises: null,
        },
      };
      const id = await records.recordExercise(exercise);
      expect(await records.recordExercise(exercise)).toBe(id);
      await expect(
        records.recordExercise({ ...exercise, title: 'Another' }),
      ).rejects.toThrow('The key was already used for another exercise');
      await expect(
        records.recordExercise({
          ...exercise,
          key: 'recorded-2',
          entityRefs: ['component:default/unheard-of'],
        }),
      ).rejects.toThrow('There is no service');
      await records.grantWaiver({
        entityRef: 'component:default/payments',
        measure: 'gameDay',
        reason: 'About to be replaced',
        approver: 'user:default/joe',
        until: Date.now() + 60_000,
      });
      const initiative = {
        key: 'recorded-1',
        createdBy: 'user:default/jane',
        createdAt: 1_000,
        title: 'Ready for the peak',
        description: null,
        filter: {},
        goal: { kind: 'in-order' as const, measure: 'readinessTest' as const },
        dueOn: '2020-01-31',
      };
      const initiativeId = await records.recordInitiative(initiative);
      expect(await records.recordInitiative(initiative)).toBe(initiativeId);
      await expect(
        records.recordInitiative({ ...initiative, title: 'Another' }),
      ).rejects.toThrow('The key was already used for another initiative');
      expect(await db('initiatives')).toMatchObject([
        {
          id: initiativeId,
          title: 'Ready for the peak',
          next_reminder_at: null,
        },
      ]);
      const view = {
        createdBy: 'user:default/jane',
        title: 'Tier 1',
        search: 'tier=1',
      };
      const viewId = await records.shareView(view);
      expect(await records.shareView(view)).toBe(viewId);
      expect(await db('saved_views').pluck('id')).toEqual([viewId]);
      const run = {
        key: 'recorded-1',
        performedBy: 'user:default/jane',
        entityRef: 'component:default/payments',
        template: 'acceptance-retest',
        startedAt,
        answers: [
          {
            itemId: 'findings-closed',
            value: 'yes' as const,
            note: null,
            evidence: [],
            answeredBy: 'user:default/jane',
            answeredAt: startedAt,
          },
        ],
        finished: null,
      };
      const runId = await records.recordReadinessRun(run);
      expect(await records.recordReadinessRun(run)).toBe(runId);
      expect(await serviceOf(server)).toMatchObject({
        state: 'failing',
        readinessTest: { state: 'failing', verdict: 'fail' },
        gameDay: { state: 'waived', last: { kind: 'game-day', id } },
      });
      await expect(
        records.grantWaiver({
          entityRef: 'component:default/unheard-of',
          measure: 'gameDay',
          reason: 'None',
          approver: 'user:default/joe',
          until: Date.now() + 60_000,
        }),
      ).rejects.toMatchObject({ name: 'NotFoundError' });
      await stop();
    });

    it('frees what it reads when it stops', async () => {
      const source = FakeTicketSource.create();
      let stopSignal: AbortSignal | undefined;
      jest
        .spyOn(source, 'changes')
        .mockImplementation(async function* hangs(_, { signal }) {
          stopSignal = signal;
          await new Promise(() => {});
          yield { tickets: [], cursor: '', requests: 0 };
        });
      const { stop } = await start({ db, sources: { tickets: [source] } });
      await eventually(async () =>
        expect(stopSignal).toHaveProperty('aborted'),
      );
      expect(await db('scopes').pluck('claim_token')).not.toEqual([null]);
      await stop();
      expect(stopSignal).toHaveProperty('aborted', true);
      expect(await db('scopes').pluck('claim_token')).toEqual([null]);
    });

    // The last one: what did start is not stopped, and goes on in the database.
    it('does not start with two sources of the same id', async () => {
      await expect(
        start({
          db,
          sources: {
            tickets: [FakeTicketSource.create(), FakeTicketSource.create()],
          },
        }),
      ).rejects.toThrow('Two sources have the id fake:tickets');
    });
  },
);
