import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import { evaluationRequestSchema } from 'backstage-plugin-operational-excellence-common';
import { Router } from 'express';
import { z } from 'zod';
import { Evaluations } from '../evaluations';
import { audited } from './audited';
import { parseBody, parseQuery } from './parseRequest';

const noParameters = z.object({});

/** Adds the routes of evaluations. */
export function addEvaluationRoutes(
  router: Router,
  options: {
    auditor: AuditorService;
    evaluations: Evaluations;
    httpAuth: HttpAuthService;
  },
): void {
  const { auditor, evaluations, httpAuth } = options;

  router.post('/improvements/:id/evaluation', async (req, res) => {
    const { id } = req.params;
    const credentials = await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    parseQuery(req, noParameters);
    const evaluation = parseBody(req, evaluationRequestSchema);
    const { verdict } = evaluation;
    const improvement = await audited(
      auditor,
      {
        eventId: 'improvement-evaluate',
        request: req,
        meta: { id, verdict },
        outcome: ({ entityRef }) => ({ entityRef }),
      },
      () => evaluations.evaluate(id, evaluation, { credentials }),
    );
    res.status(201).json(improvement);
  });
}
