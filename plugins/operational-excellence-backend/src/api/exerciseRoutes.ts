import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import {
  exerciseApprovalRequestSchema,
  exerciseChangeSchema,
  exerciseExperimentLinkSchema,
  exerciseLogSubmissionSchema,
  exerciseQuerySchema,
  exerciseSubmissionSchema,
  exerciseTransitionSchema,
  importQuerySchema,
} from 'backstage-plugin-operational-excellence-common';
import { Request, Router } from 'express';
import { z } from 'zod';
import { exerciseImportSchema, Exercises } from '../exercises';
import { readImport } from '../imports';
import { audited } from './audited';
import { parseBody, parseQuery } from './parseRequest';

const noParameters = z.object({});

/** Adds the routes of exercises. */
export function addExerciseRoutes(
  router: Router,
  options: {
    auditor: AuditorService;
    exercises: Exercises;
    httpAuth: HttpAuthService;
  },
): void {
  const { auditor, exercises, httpAuth } = options;
  const callerOf = async (req: Request) => ({
    credentials: await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    }),
  });

  router.get('/exercises', async (req, res) => {
    const caller = await callerOf(req);
    const query = parseQuery(req, exerciseQuerySchema);
    res.json(await exercises.list(query, caller));
  });

  router.post('/exercises', async (req, res) => {
    const caller = await callerOf(req);
    parseQuery(req, noParameters);
    const submission = parseBody(req, exerciseSubmissionSchema);
    const { entityRefs, kind, plannedStart } = submission;
    const { exercise, isNew } = await audited(
      auditor,
      {
        eventId: 'exercise-plan',
        request: req,
        meta: { entityRefs, kind, plannedStart },
        outcome: created => ({ id: created.exercise.id, isNew: created.isNew }),
      },
      () => exercises.create(submission, caller),
    );
    res.status(isNew ? 201 : 200).json(exercise);
  });

  router.get('/exercises/:id', async (req, res) => {
    const caller = await callerOf(req);
    parseQuery(req, noParameters);
    res.json(await exercises.get(req.params.id, caller));
  });

  router.patch('/exercises/:id', async (req, res) => {
    const { id } = req.params;
    const caller = await callerOf(req);
    parseQuery(req, noParameters);
    const change = parseBody(req, exerciseChangeSchema);
    const exercise = await audited(
      auditor,
      {
        eventId: 'exercise-change',
        request: req,
        meta: { id, changed: Object.keys(change).sort() },
        outcome: ({ version }) => ({ version }),
      },
      () => exercises.change(id, change, caller),
    );
    res.json(exercise);
  });

  router.post('/exercises/:id/transition', async (req, res) => {
    const { id } = req.params;
    const caller = await callerOf(req);
    parseQuery(req, noParameters);
    const transition = parseBody(req, exerciseTransitionSchema);
    const exercise = await audited(
      auditor,
      {
        eventId: 'exercise-transition',
        request: req,
        meta: { id, to: transition.to },
        outcome: ({ outcome, version }) => ({ outcome, version }),
      },
      () => exercises.transition(id, transition, caller),
    );
    res.json(exercise);
  });

  router.post('/exercises/:id/log', async (req, res) => {
    const { id } = req.params;
    const caller = await callerOf(req);
    parseQuery(req, noParameters);
    const entry = parseBody(req, exerciseLogSubmissionSchema);
    const exercise = await audited(
      auditor,
      { eventId: 'exercise-log', request: req, meta: { id } },
      () => exercises.log(id, entry, caller),
    );
    res.status(201).json(exercise);
  });

  router.post('/exercises/:id/approval', async (req, res) => {
    const { id } = req.params;
    const caller = await callerOf(req);
    parseQuery(req, noParameters);
    const request = parseBody(req, exerciseApprovalRequestSchema);
    const { decision, version } = request;
    const exercise = await audited(
      auditor,
      {
        eventId: 'exercise-approval',
        request: req,
        meta: { id, decision, version },
        outcome: ({ approvalState }) => ({ approvalState }),
      },
      () => exercises.decide(id, request, caller),
    );
    res.json(exercise);
  });

  router.post('/exercises/:id/experiments', async (req, res) => {
    const { id } = req.params;
    const caller = await callerOf(req);
    parseQuery(req, noParameters);
    const link = parseBody(req, exerciseExperimentLinkSchema);
    const exercise = await audited(
      auditor,
      {
        eventId: 'exercise-experiment-link',
        request: req,
        meta: { id, ...link },
      },
      () => exercises.link(id, link, caller),
    );
    res.json(exercise);
  });

  router.delete('/exercises/:id/experiments', async (req, res) => {
    const { id } = req.params;
    const caller = await callerOf(req);
    parseQuery(req, noParameters);
    const link = parseBody(req, exerciseExperimentLinkSchema);
    const exercise = await audited(
      auditor,
      {
        eventId: 'exercise-experiment-unlink',
        request: req,
        meta: { id, ...link },
      },
      () => exercises.unlink(id, link, caller),
    );
    res.json(exercise);
  });

  router.get('/exercises/:id/experiment-suggestions', async (req, res) => {
    const caller = await callerOf(req);
    parseQuery(req, noParameters);
    res.json(await exercises.suggestions(req.params.id, caller));
  });

  router.post('/imports/exercises', async (req, res) => {
    const caller = await callerOf(req);
    const dryRun = parseQuery(req, importQuerySchema).dryRun === 'true';
    const result = await audited(
      auditor,
      {
        eventId: 'exercise-import',
        request: req,
        meta: { dryRun },
        outcome: ({ created, errorCount, updated }) => ({
          created,
          updated,
          errorCount,
        }),
      },
      async () => {
        const entries = readImport(req, exerciseImportSchema);
        return exercises.import(entries, { dryRun }, caller);
      },
    );
    res.json(result);
  });
}
