import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import {
  importQuerySchema,
  readinessAnswerChangeSchema,
  readinessAnswerRemovalSchema,
  readinessDifferenceQuerySchema,
  readinessDiscardSchema,
  readinessFinishSchema,
  readinessReportSchema,
  readinessSignOffSchema,
  readinessTemplateQuerySchema,
  readinessTestQuerySchema,
  readinessTestSubmissionSchema,
} from 'backstage-plugin-operational-excellence-common';
import { Request, Router } from 'express';
import { z } from 'zod';
import { readImport } from '../imports';
import { Readiness, readinessImportSchema } from '../readiness';
import { audited } from './audited';
import { parseBody, parseQuery } from './parseRequest';

const noParameters = z.object({});

/** Adds the routes of readiness templates and tests. */
export function addReadinessRoutes(
  router: Router,
  options: {
    auditor: AuditorService;
    httpAuth: HttpAuthService;
    readiness: Readiness;
  },
): void {
  const { auditor, httpAuth, readiness } = options;
  const callerOf = async (req: Request) => ({
    credentials: await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    }),
  });

  router.get('/readiness-templates', async (req, res) => {
    const caller = await callerOf(req);
    const query = parseQuery(req, readinessTemplateQuerySchema);
    res.json(await readiness.templates(query, caller));
  });

  router.get('/readiness-tests', async (req, res) => {
    const caller = await callerOf(req);
    const query = parseQuery(req, readinessTestQuerySchema);
    res.json(await readiness.list(query, caller));
  });

  router.post('/readiness-tests', async (req, res) => {
    const caller = await callerOf(req);
    parseQuery(req, noParameters);
    const submission = parseBody(req, readinessTestSubmissionSchema);
    const { entityRef, template } = submission;
    const { isNew, test } = await audited(
      auditor,
      {
        eventId: 'readiness-test-begin',
        request: req,
        meta: { entityRef, template },
        outcome: ({ test: { id } }) => ({ id }),
      },
      () => readiness.begin(submission, caller),
    );
    res.status(isNew ? 201 : 200).json(test);
  });

  router.get('/readiness-tests/:id', async (req, res) => {
    const caller = await callerOf(req);
    parseQuery(req, noParameters);
    res.json(await readiness.get(req.params.id, caller));
  });

  router.get('/readiness-tests/:id/difference', async (req, res) => {
    const caller = await callerOf(req);
    const query = parseQuery(req, readinessDifferenceQuerySchema);
    res.json(await readiness.difference(req.params.id, query, caller));
  });

  router.put('/readiness-tests/:id/answers/:itemId', async (req, res) => {
    const { id, itemId } = req.params;
    const caller = await callerOf(req);
    parseQuery(req, noParameters);
    const change = parseBody(req, readinessAnswerChangeSchema);
    const answer = await audited(
      auditor,
      {
        eventId: 'readiness-answer-give',
        severityLevel: 'low',
        request: req,
        meta: { id, itemId, value: change.value },
        outcome: ({ version }) => ({ version }),
      },
      () => readiness.answer(id, itemId, change, caller),
    );
    res.json(answer);
  });

  router.delete('/readiness-tests/:id/answers/:itemId', async (req, res) => {
    const { id, itemId } = req.params;
    const caller = await callerOf(req);
    const query = parseQuery(req, readinessAnswerRemovalSchema);
    const test = await audited(
      auditor,
      {
        eventId: 'readiness-answer-withdraw',
        severityLevel: 'low',
        request: req,
        meta: { id, itemId },
      },
      () => readiness.withdraw(id, itemId, query, caller),
    );
    res.json(test);
  });

  router.post('/readiness-tests/:id/finish', async (req, res) => {
    const { id } = req.params;
    const caller = await callerOf(req);
    parseQuery(req, noParameters);
    const request = parseBody(req, readinessFinishSchema);
    const test = await audited(
      auditor,
      {
        eventId: 'readiness-test-finish',
        request: req,
        meta: { id },
        outcome: ({ state, verdict }) => ({ state, verdict }),
      },
      () => readiness.finish(id, request, caller),
    );
    res.json(test);
  });

  router.post('/readiness-tests/:id/sign-off', async (req, res) => {
    const { id } = req.params;
    const caller = await callerOf(req);
    parseQuery(req, noParameters);
    const request = parseBody(req, readinessSignOffSchema);
    const test = await audited(
      auditor,
      {
        eventId: 'readiness-test-sign-off',
        request: req,
        meta: { id, decision: request.decision },
        outcome: ({ state, verdict }) => ({ state, verdict }),
      },
      () => readiness.signOff(id, request, caller),
    );
    res.json(test);
  });

  router.post('/readiness-tests/:id/discard', async (req, res) => {
    const { id } = req.params;
    const caller = await callerOf(req);
    parseQuery(req, noParameters);
    const request = parseBody(req, readinessDiscardSchema);
    const test = await audited(
      auditor,
      { eventId: 'readiness-test-discard', request: req, meta: { id } },
      () => readiness.discard(id, request, caller),
    );
    res.json(test);
  });

  router.put('/readiness-reports/:externalId', async (req, res) => {
    const { externalId } = req.params;
    const caller = await callerOf(req);
    parseQuery(req, noParameters);
    const report = parseBody(req, readinessReportSchema);
    const { entityRef, finish, template } = report;
    const { isNew, test } = await audited(
      auditor,
      {
        eventId: 'readiness-test-report',
        request: req,
        meta: { externalId, entityRef, template, finish },
        outcome: ({ test: { id, state, verdict } }) => ({ id, state, verdict }),
      },
      () => readiness.report(externalId, report, caller),
    );
    res.status(isNew ? 201 : 200).json(test);
  });

  router.post('/imports/readiness-tests', async (req, res) => {
    const caller = await callerOf(req);
    const dryRun = parseQuery(req, importQuerySchema).dryRun === 'true';
    const result = await audited(
      auditor,
      {
        eventId: 'readiness-test-import',
        request: req,
        meta: { dryRun },
        outcome: ({ created, errorCount, updated }) => ({
          created,
          updated,
          errorCount,
        }),
      },
      async () => {
        const entries = readImport(req, readinessImportSchema);
        return readiness.import(entries, { dryRun }, caller);
      },
    );
    res.json(result);
  });
}
