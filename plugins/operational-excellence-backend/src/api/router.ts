import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import {
  experimentQuerySchema,
  operationalExcellenceServiceReadPermission as serviceRead,
  operationalExcellenceSourceReadPermission as sourceRead,
  operationalExcellenceSourceSyncPermission as sourceSync,
  serviceCsvQuerySchema,
  serviceFacetsQuerySchema,
  serviceQuerySchema,
  sourceProblemQuerySchema,
  sourceScopeQuerySchema,
  syncRequestSchema,
  ticketQuerySchema,
  unmappedServiceQuerySchema,
} from 'backstage-plugin-operational-excellence-common';
import express, { Request } from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { Environments } from '../environments';
import { Evaluations } from '../evaluations';
import { Findings } from '../findings';
import { Calendars, Exercises } from '../exercises';
import { Improvements } from '../improvements';
import { Initiatives } from '../initiatives';
import { Lessons } from '../lessons';
import { PolicyPreviews } from '../policies';
import { Readiness } from '../readiness';
import { SavedViews } from '../savedViews';
import { noSuchService } from '../services/noSuchService';
import { VisibilityService } from '../visibility';
import { Waivers } from '../waivers';
import { audited } from './audited';
import { addEnvironmentRoutes } from './environmentRoutes';
import { addCalendarRoutes } from './calendarRoutes';
import { addEvaluationRoutes } from './evaluationRoutes';
import { addFindingRoutes } from './findingRoutes';
import { addGuardrailRoutes } from './guardrailRoutes';
import { addExerciseRoutes } from './exerciseRoutes';
import { addHistoryRoutes } from './historyRoutes';
import { addImprovementRoutes } from './improvementRoutes';
import { addInitiativeRoutes } from './initiativeRoutes';
import { importBody, jsonBody } from './jsonBody';
import { addLessonRoutes } from './lessonRoutes';
import { openApiDocument } from './openapi';
import { parseBody, parseQuery } from './parseRequest';
import { addPolicyRoutes } from './policyRoutes';
import {
  GuardrailReader,
  HistoryReader,
  RollupReader,
  ServiceReader,
  SourceReader,
  SyncRequester,
  TimeReader,
} from './readers';
import { addReadinessRoutes } from './readinessRoutes';
import { addRollupRoutes } from './rollupRoutes';
import { addSavedViewRoutes } from './savedViewRoutes';
import { sendCsv } from './sendCsv';
import { addTimeRoutes } from './timeRoutes';
import { addWaiverRoutes } from './waiverRoutes';

export interface RouterOptions {
  auditor: AuditorService;
  calendars: Calendars;
  environments: Environments;
  evaluations: Evaluations;
  exercises: Exercises;
  findings: Findings;
  guardrails: GuardrailReader;
  history: HistoryReader;
  httpAuth: HttpAuthService;
  improvements: Improvements;
  initiatives: Initiatives;
  policyPreviews: PolicyPreviews;
  readiness: Readiness;
  lessons: Lessons;
  rollups: RollupReader;
  savedViews: SavedViews;
  services: ServiceReader;
  sources: SourceReader;
  syncRequests: SyncRequester;
  time: TimeReader;
  visibility: VisibilityService;
  waivers: Waivers;
}

const noParameters = z.object({});

/** More than the longest texts take in any script. */
const BODY_LIMIT = '256kb';

/** Of a file with the past of many services. */
const IMPORT_LIMIT = '5mb';

/** The HTTP API, as openapi.json describes it. */
export async function createRouter(
  options: RouterOptions,
): Promise<express.Router> {
  const { auditor, httpAuth, services, sources, syncRequests, visibility } =
    options;
  const router = Router();
  router.use('/imports', importBody(IMPORT_LIMIT));
  router.use(jsonBody(BODY_LIMIT));

  const callerOf = (request: Request) =>
    httpAuth.credentials(request, { allow: ['user', 'service'] });

  router.get('/services', async (req, res) => {
    const caller = await callerOf(req);
    const visible = await visibility.ofServices(caller, serviceRead);
    const query = parseQuery(req, serviceQuerySchema);
    res.json(await services.list(query, visible));
  });

  router.get('/services.csv', async (req, res) => {
    const caller = await callerOf(req);
    const visible = await visibility.ofServices(caller, serviceRead);
    const query = parseQuery(req, serviceCsvQuerySchema);
    const day = new Date().toISOString().slice(0, 10);
    await sendCsv(res, services.csv(query, visible), {
      filename: `services-${day}.csv`,
    });
  });

  router.get('/services/facets', async (req, res) => {
    const caller = await callerOf(req);
    const visible = await visibility.ofServices(caller, serviceRead);
    const query = parseQuery(req, serviceFacetsQuerySchema);
    res.json(await services.facets(query, visible));
  });

  router.get('/services/:kind/:namespace/:name', async (req, res) => {
    const entityRef = stringifyEntityRef(req.params);
    const caller = await callerOf(req);
    const visible = await visibility.ofService(entityRef, caller, serviceRead);
    parseQuery(req, noParameters);
    const service = await services.get(entityRef, visible);
    if (!service) throw noSuchService(entityRef);
    res.json(service);
  });

  router.get('/services/:kind/:namespace/:name/tickets', async (req, res) => {
    const entityRef = stringifyEntityRef(req.params);
    const caller = await callerOf(req);
    const visible = await visibility.ofService(entityRef, caller, serviceRead);
    const query = parseQuery(req, ticketQuerySchema);
    const tickets = await services.tickets(entityRef, query, visible);
    if (!tickets) throw noSuchService(entityRef);
    res.json(tickets);
  });

  router.get('/experiments', async (req, res) => {
    const caller = await callerOf(req);
    const visible = await visibility.ofServices(caller, serviceRead);
    const query = parseQuery(req, experimentQuerySchema);
    res.json(await services.experiments(query, visible));
  });

  router.get('/sources', async (req, res) => {
    const caller = await callerOf(req);
    const visible = await visibility.ofServices(caller, sourceRead);
    parseQuery(req, noParameters);
    res.json(await sources.list(visible));
  });

  router.get('/sources/:id/scopes', async (req, res) => {
    const { id } = req.params;
    const caller = await callerOf(req);
    const visible = await visibility.ofServices(caller, sourceRead);
    const query = parseQuery(req, sourceScopeQuerySchema);
    const scopes = await sources.scopes(id, query, visible);
    if (!scopes) throw noSuchSource(id);
    res.json(scopes);
  });

  router.get('/sources/:id/problems', async (req, res) => {
    const { id } = req.params;
    const caller = await callerOf(req);
    const visible = await visibility.ofServices(caller, sourceRead);
    const query = parseQuery(req, sourceProblemQuerySchema);
    const problems = await sources.problems(id, query, visible);
    if (!problems) throw noSuchSource(id);
    res.json(problems);
  });

  router.get('/unmapped-services', async (req, res) => {
    const caller = await callerOf(req);
    const visible = await visibility.ofServices(caller, sourceRead);
    const query = parseQuery(req, unmappedServiceQuerySchema);
    res.json(await sources.unmapped(query, visible));
  });

  router.post('/sources/:id/sync', async (req, res) => {
    const { id: sourceId } = req.params;
    const caller = await callerOf(req);
    const event = { eventId: 'source-sync', request: req, meta: { sourceId } };
    const scopes = await audited(auditor, event, async () => {
      await visibility.authorize(caller, sourceSync);
      parseQuery(req, noParameters);
      const { scope: scopeKey } = parseBody(req, syncRequestSchema);
      return syncRequests.request({ sourceId, scopeKey });
    });
    res.status(202).json({ scopes });
  });

  addImprovementRoutes(router, options);
  addInitiativeRoutes(router, options);
  addEnvironmentRoutes(router, options);
  addEvaluationRoutes(router, options);
  addFindingRoutes(router, options);
  addLessonRoutes(router, options);
  addGuardrailRoutes(router, options);
  addReadinessRoutes(router, options);
  addExerciseRoutes(router, options);
  addCalendarRoutes(router, options);
  addRollupRoutes(router, options);
  addSavedViewRoutes(router, options);
  addTimeRoutes(router, options);
  addHistoryRoutes(router, options);
  addWaiverRoutes(router, options);
  addPolicyRoutes(router, options);

  router.get('/openapi.json', async (_req, res) => {
    res.json(openApiDocument());
  });

  return router;
}

function noSuchSource(id: string) {
  return new NotFoundError(`There is no source ${id}`);
}
