import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import {
  operationalExcellencePermissions,
  operationalExcellenceServicePermissions,
} from 'backstage-plugin-operational-excellence-common';
import {
  operationalExcellenceExperimentSourcesExtensionPoint,
  operationalExcellenceRecordsExtensionPoint,
  operationalExcellenceServicePermissionResourceRef,
  operationalExcellenceSyncExtensionPoint,
  operationalExcellenceTicketSourcesExtensionPoint,
} from 'backstage-plugin-operational-excellence-node';
import { createAnnouncements } from './announcements';
import { createRouter } from './api';
import { serviceRules, ServiceResources } from './authorization';
import { readConfig } from './config';
import { applyMigrations } from './database';
import { createReadDatabase } from './database/replica';
import { ServiceDirectory } from './directory';
import { createEnvironments } from './environments';
import { createEvaluations } from './evaluations';
import { SourceEventSubscriber } from './events';
import { CalendarService, createExercises, ExerciseService } from './exercises';
import { ExperimentStore } from './experiments';
import { createFindings } from './findings';
import { GuardrailQueries, GuardrailStore } from './guardrails';
import { DailyPoints, HistoryQueries, HistoryRecorder } from './history';
import { createImprovements } from './improvements';
import { createInitiatives, InitiativeService } from './initiatives';
import { createLessons } from './lessons';
import { createPolicyPreviews } from './policies';
import { createReadiness, ReadinessTestService } from './readiness';
import { AwaitedRecords, Records } from './records';
import { RollupFolder, RollupQueries } from './rollups';
import { createSavedViews, SavedViewService } from './savedViews';
import { ServiceQueries } from './services';
import { SourceCollection, SourceQueries, SourceRegistry } from './sources';
import { ScopeGroups, StatusUpdater } from './status';
import {
  createSyncEngine,
  HintedScopes,
  ScopeClaims,
  ScopeRegistry,
  SyncRequestQueue,
  SyncRequests,
} from './sync';
import { scheduleTasks } from './tasks';
import { TicketStore } from './tickets';
import { TimeQueries } from './time';
import { VisibilityService } from './visibility';
import { createWaivers, WaiverService } from './waivers';

/** How long another replica waits before it takes over from one that died. */
const LEASE_MS = 60_000;

/**
 * The backend of the operational excellence plugin: keeps services, tickets and
 * experiments, and serves what follows from them. Trackers and AWS accounts are
 * connected by modules.
 *
 * @public
 */
export const operationalExcellencePlugin = createBackendPlugin({
  pluginId: 'operational-excellence',
  register(env) {
    const collection = new SourceCollection();
    const requestQueue = new SyncRequestQueue();
    const awaitedRecords = new AwaitedRecords();

    env.registerExtensionPoint(
      operationalExcellenceTicketSourcesExtensionPoint,
      collection,
    );
    env.registerExtensionPoint(
      operationalExcellenceExperimentSourcesExtensionPoint,
      collection,
    );
    env.registerExtensionPoint(
      operationalExcellenceSyncExtensionPoint,
      requestQueue,
    );
    env.registerExtensionPoint(
      operationalExcellenceRecordsExtensionPoint,
      awaitedRecords,
    );

    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.rootLifecycle,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        userInfo: coreServices.userInfo,
        urlReader: coreServices.urlReader,
      },
      async init(deps) {
        const { auth, catalog, logger, scheduler } = deps;
        const config = readConfig(deps.config);
        const { policies } = config;
        const { concurrency, tolerance } = config.sync;
        const sources = SourceRegistry.create({ ...collection, tolerance });
        deps.permissionsRegistry.addPermissions(
          operationalExcellencePermissions,
        );

        const db = await applyMigrations(deps.database);
        const { reads, replica } = createReadDatabase(config.readReplica, {
          db,
          logger,
        });
        replica?.start();
        deps.lifecycle.addShutdownHook(() => replica?.stop());
        const serviceResources = ServiceResources.create({ db });
        deps.permissionsRegistry.addResourceType({
          resourceRef: operationalExcellenceServicePermissionResourceRef,
          permissions: operationalExcellenceServicePermissions,
          rules: Object.values(serviceRules),
          getResources: refs => serviceResources.get(refs),
        });
        const experiments = ExperimentStore.create();
        const tickets = TicketStore.create();
        const groups = ScopeGroups.create();
        const experimentSourceIds = sources.experimentSources.map(
          ({ id }) => id,
        );
        const status = StatusUpdater.create({ policies, experimentSourceIds });

        const scopes = ScopeRegistry.create({ groups, sources });
        await scopes.connect(db);
        const directory = ServiceDirectory.create({
          auth,
          catalog,
          config,
          db,
          experiments,
          logger,
          scopes,
          sources,
          status,
          tickets,
        });

        const claims = ScopeClaims.create({ leaseMs: LEASE_MS });
        const hints = HintedScopes.create({ sources });
        const engine = createSyncEngine({
          claims,
          concurrency,
          groups,
          hints,
          logger,
          sources,
          status,
          stores: {
            db,
            experiments,
            guardrails: GuardrailStore.create(),
            tickets,
          },
        });
        deps.lifecycle.addBeforeShutdownHook(() => engine.stop());
        const syncRequests = SyncRequests.create({
          claims,
          db,
          engine,
          sources,
        });

        const visibility = VisibilityService.create({
          catalog,
          logger,
          permissions: deps.permissions,
          filter: config.services.filter,
          ...config.visibility,
        });
        const { improvements, outbox } = createImprovements({
          appBaseUrl: deps.config.getOptionalString('app.baseUrl'),
          db,
          logger,
          policies,
          sources,
          status,
          tickets,
          visibility,
        });
        deps.lifecycle.addBeforeShutdownHook(() => outbox.stop());

        const waivers = WaiverService.create({ db, status });
        const { readiness, recorder, templates } = createReadiness({
          auth,
          catalog,
          config: config.readiness,
          db,
          logger,
          policies,
          status,
          urlReader: deps.urlReader,
          visibility,
        });
        await templates.refreshLocal();
        const { courier, lookout } = createAnnouncements({
          config: config.notifications,
          db,
          logger,
          notifications: deps.notifications,
          policies,
          status,
        });

        const initiatives = InitiativeService.create({ db });
        const views = SavedViewService.create({ db });
        const exerciseService = ExerciseService.create({
          db,
          policies,
          status,
        });
        const exercises = createExercises({
          db,
          exercises: exerciseService,
          policies,
          status,
          userInfo: deps.userInfo,
          visibility,
        });
        const calendars = CalendarService.create({
          appBaseUrl: deps.config.getOptionalString('app.baseUrl'),
          db,
          discovery: deps.discovery,
          feeds: config.calendar.feeds,
          policies,
          visibility,
        });
        const { policyPreviews, runner, upkeep } = createPolicyPreviews({
          auth,
          catalog,
          db,
          experimentSourceIds,
          logger,
          policies,
          visibility,
        });
        // Its addresses are secrets.
        deps.httpRouter.addAuthPolicy({
          path: '/calendar',
          allow: 'unauthenticated',
        });

        deps.httpRouter.use(
          await createRouter({
            auditor: deps.auditor,
            calendars,
            environments: createEnvironments({ db, improvements, visibility }),
            evaluations: createEvaluations({ db, improvements, visibility }),
            findings: createFindings({ db, policies, visibility }),
            guardrails: GuardrailQueries.create({ db }),
            history: HistoryQueries.create({ db, reads }),
            httpAuth: deps.httpAuth,
            exercises,
            improvements,
            initiatives: createInitiatives({ db, initiatives, visibility }),
            lessons: createLessons({ db, policies, visibility }),
            policyPreviews,
            readiness,
            rollups: RollupQueries.create({ db, reads }),
            savedViews: createSavedViews({ views, visibility }),
            services: ServiceQueries.create({
              db,
              reads,
              policies,
              sourceTitles: new Map(
                sources.all().map(({ id, title }) => [id, title]),
              ),
            }),
            sources: SourceQueries.create({ db, logger, sources }),
            syncRequests,
            time: TimeQueries.create({ db, policies }),
            visibility,
            waivers: createWaivers({ db, visibility, waivers }),
          }),
        );

        await requestQueue.open({ logger, requests: syncRequests });
        awaitedRecords.open(
          Records.create({
            db,
            exercises: exerciseService,
            history: HistoryRecorder.create({ db }),
            initiatives,
            readinessRuns: recorder,
            readinessTests: ReadinessTestService.create({ db, status }),
            views,
            waivers,
          }),
        );
        await SourceEventSubscriber.create({
          engine,
          hints,
          logger,
          sources,
        }).subscribe(deps.events);
        outbox.start();
        runner.start();
        courier?.start();
        const tasks = await scheduleTasks({
          config,
          dailyPoints: DailyPoints.create({ db, status, ...config.history }),
          db,
          directory,
          engine,
          logger,
          lookout,
          previews: upkeep,
          rollups: RollupFolder.create({ db }),
          scheduler,
          status,
          templates,
        });
        deps.lifecycle.addBeforeShutdownHook(async () => {
          await Promise.all([tasks.stop(), courier?.stop(), runner.stop()]);
        });
      },
    });
  },
});
