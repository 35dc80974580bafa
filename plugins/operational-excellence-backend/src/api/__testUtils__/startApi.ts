import {
  coreServices,
  createBackendPlugin,
  createServiceFactory,
  AuditorService,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { FilterPredicate } from '@backstage/filter-predicates';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { Environments } from '../../environments';
import { Evaluations } from '../../evaluations';
import { Findings } from '../../findings';
import { Calendars, Exercises } from '../../exercises';
import { Improvements } from '../../improvements';
import { Initiatives } from '../../initiatives';
import { SavedViews } from '../../savedViews';
import { Lessons } from '../../lessons';
import { PolicyPreviews } from '../../policies';
import { Readiness } from '../../readiness';
import { FakePolicy } from '../../visibility/__testUtils__/FakePolicy';
import { VisibilityService } from '../../visibility';
import { Waivers } from '../../waivers';
import {
  GuardrailReader,
  HistoryReader,
  RollupReader,
  ServiceReader,
  SourceReader,
  SyncRequester,
  TimeReader,
} from '../readers';
import { createRouter } from '../router';
import { DocumentedApi } from './DocumentedApi';

/** Starts a backend whose only plugin is the router, with what it stands on. */
export async function startApi(options: {
  catalog: CatalogService;
  policy: FakePolicy;
  environments: Environments;
  calendars: Calendars;
  evaluations: Evaluations;
  exercises: Exercises;
  findings: Findings;
  guardrails: GuardrailReader;
  history: HistoryReader;
  improvements: Improvements;
  initiatives: Initiatives;
  savedViews: SavedViews;
  policyPreviews: PolicyPreviews;
  readiness: Readiness;
  lessons: Lessons;
  rollups: RollupReader;
  services: ServiceReader;
  sources: SourceReader;
  syncRequests: SyncRequester;
  time: TimeReader;
  waivers: Waivers;
  auditor?: AuditorService;
  filter?: FilterPredicate;
}) {
  const { auditor = mockServices.auditor.mock(), policy } = options;
  const plugin = createBackendPlugin({
    pluginId: 'operational-excellence',
    register(env) {
      env.registerInit({
        deps: {
          httpAuth: coreServices.httpAuth,
          httpRouter: coreServices.httpRouter,
          logger: coreServices.logger,
          permissions: coreServices.permissions,
        },
        async init({ httpAuth, httpRouter, logger, permissions }) {
          httpRouter.use(
            await createRouter({
              ...options,
              auditor,
              httpAuth,
              visibility: VisibilityService.create({
                catalog: options.catalog,
                logger,
                permissions,
                filter: options.filter ?? { kind: 'Component' },
                decisionsFor: 0,
                servicesFor: 0,
              }),
            }),
          );
        },
      });
    },
  });
  const { server } = await startTestBackend({
    features: [
      plugin,
      createServiceFactory({
        service: coreServices.permissions,
        deps: {},
        factory: () => policy,
      }),
    ],
  });
  return DocumentedApi.of(server);
}
