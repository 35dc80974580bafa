import { randomUUID } from 'node:crypto';
import { LoggerService } from '@backstage/backend-plugin-api';
import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { describeAction, listActions } from '../actions';
import {
  experimentSummary,
  ExperimentService,
  experimentView,
  startExperimentSchema,
} from '../experiments';
import { HistoryService, importHistorySchema } from '../history';
import {
  putAlarmSchema,
  SafetyService,
  updateSafetyLeverStateSchema,
} from '../safety/SafetyService';
import { SignatureVerifier } from '../sigv4';
import { TagService } from '../tags';
import {
  createTemplateSchema,
  tagsSchema,
  TemplateService,
  templateSummary,
  templateView,
  updateTemplateSchema,
} from '../templates';
import { errorHandler } from './errors';
import {
  operationHandler,
  OperationRequest,
  unknownOperation,
} from './operations';
import {
  checked,
  listExperimentsQuerySchema,
  pageQuerySchema,
  untagQuerySchema,
} from './requests';

interface RouterOptions {
  logger: LoggerService;
  verifier: SignatureVerifier;
  templates: TemplateService;
  experiments: ExperimentService;
  safety: SafetyService;
  tags: TagService;
  history: HistoryService;
  now: () => number;
}

const tagResourceSchema = z.object({ tags: tagsSchema });

/**
 * The operations of the AWS FIS API (2020-12-01) at their public paths, and below
 * `/local` what AWS has no operation for.
 */
export function createRouter(options: RouterOptions): express.Router {
  const { templates, experiments, safety, tags, history, now } = options;
  const router = Router();
  // Signatures cover the body byte by byte, so it is kept as it came.
  router.use(express.raw({ type: () => true, limit: '10mb' }));
  router.use((_req, res, next) => {
    res.set('x-amzn-RequestId', randomUUID());
    next();
  });

  const serve = (
    action: string,
    operation: (request: OperationRequest) => Promise<object>,
  ) => operationHandler(options.verifier, action, operation);

  router.post(
    '/experimentTemplates',
    serve('fis:CreateExperimentTemplate', async ({ caller, body }) => ({
      experimentTemplate: templateView(
        await templates.createTemplate(
          caller,
          checked(createTemplateSchema, body),
        ),
      ),
    })),
  );
  router.get(
    '/experimentTemplates',
    serve('fis:ListExperimentTemplates', async ({ caller, query }) => {
      const { items, nextToken } = await templates.listTemplates(
        caller,
        checked(pageQuerySchema, query),
      );
      return { experimentTemplates: items.map(templateSummary), nextToken };
    }),
  );
  router.get(
    '/experimentTemplates/:id',
    serve('fis:GetExperimentTemplate', async ({ caller, params }) => ({
      experimentTemplate: templateView(
        await templates.getTemplate(caller, params.id),
      ),
    })),
  );
  router.patch(
    '/experimentTemplates/:id',
    serve('fis:UpdateExperimentTemplate', async ({ caller, params, body }) => ({
      experimentTemplate: templateView(
        await templates.updateTemplate(
          caller,
          params.id,
          checked(updateTemplateSchema, body),
        ),
      ),
    })),
  );
  router.delete(
    '/experimentTemplates/:id',
    serve('fis:DeleteExperimentTemplate', async ({ caller, params }) => ({
      experimentTemplate: templateView(
        await templates.deleteTemplate(caller, params.id),
      ),
    })),
  );

  router.post(
    '/experiments',
    serve('fis:StartExperiment', async ({ caller, body }) => ({
      experiment: experimentView(
        await experiments.startExperiment(
          caller,
          checked(startExperimentSchema, body),
        ),
        now(),
      ),
    })),
  );
  router.get(
    '/experiments',
    serve('fis:ListExperiments', async ({ caller, query }) => {
      const { items, nextToken } = await experiments.listExperiments(
        caller,
        checked(listExperimentsQuerySchema, query),
      );
      const at = now();
      return {
        experiments: items.map(item => experimentSummary(item, at)),
        nextToken,
      };
    }),
  );
  router.get(
    '/experiments/:id',
    serve('fis:GetExperiment', async ({ caller, params }) => ({
      experiment: experimentView(
        await experiments.getExperiment(caller, params.id),
        now(),
      ),
    })),
  );
  router.delete(
    '/experiments/:id',
    serve('fis:StopExperiment', async ({ caller, params }) => ({
      experiment: experimentView(
        await experiments.stopExperiment(caller, params.id),
        now(),
      ),
    })),
  );

  router.get(
    '/safetyLevers/:id',
    serve('fis:GetSafetyLever', async ({ caller, params }) => ({
      safetyLever: await safety.getSafetyLever(caller, params.id),
    })),
  );
  router.patch(
    '/safetyLevers/:id/state',
    serve('fis:UpdateSafetyLeverState', async ({ caller, params, body }) => ({
      safetyLever: await safety.updateSafetyLever(
        caller,
        params.id,
        checked(updateSafetyLeverStateSchema, body).state,
      ),
    })),
  );

  // The ARN has a slash, which clients may send as such.
  router.get(
    '/tags/*',
    serve('fis:ListTagsForResource', async ({ caller, params }) => ({
      tags: await tags.listTags(caller, params[0]),
    })),
  );
  router.post(
    '/tags/*',
    serve('fis:TagResource', async ({ caller, params, body }) => {
      const { tags: added } = checked(tagResourceSchema, body);
      await tags.tag(caller, params[0], added);
      return {};
    }),
  );
  router.delete(
    '/tags/*',
    serve('fis:UntagResource', async ({ caller, params, query }) => {
      const { tagKeys } = checked(untagQuerySchema, query);
      await tags.untag(caller, params[0], tagKeys);
      return {};
    }),
  );

  router.get(
    '/actions',
    serve('fis:ListActions', async ({ caller, query }) =>
      listActions(caller, checked(pageQuerySchema, query)),
    ),
  );
  router.get(
    '/actions/:id',
    serve('fis:GetAction', async ({ caller, params }) => ({
      action: describeAction(caller, params.id),
    })),
  );

  router.post(
    '/local/history',
    serve('fis:StartExperiment', async ({ caller, body }) =>
      history.import(caller, checked(importHistorySchema, body)),
    ),
  );
  router.put(
    '/local/alarms',
    serve('cloudwatch:SetAlarmState', async ({ caller, body }) =>
      safety.putAlarm(caller, checked(putAlarmSchema, body)),
    ),
  );

  router.use(unknownOperation);
  router.use(errorHandler(options.logger));
  return router;
}
