import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  improvementCorrectionSchema,
  improvementQuerySchema,
  improvementSubmissionSchema,
  similarTicketQuerySchema,
} from 'backstage-plugin-operational-excellence-common';
import { Request, Router } from 'express';
import { z } from 'zod';
import { Improvements } from '../improvements';
import { audited } from './audited';
import { parseBody, parseQuery } from './parseRequest';

const noParameters = z.object({});

/** Adds the routes of improvements. */
export function addImprovementRoutes(
  router: Router,
  options: {
    auditor: AuditorService;
    httpAuth: HttpAuthService;
    improvements: Improvements;
  },
): void {
  const { auditor, httpAuth, improvements } = options;
  const callerOf = async (req: Request) => ({
    credentials: await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    }),
  });

  router.get('/improvements', async (req, res) => {
    const caller = await callerOf(req);
    const query = parseQuery(req, improvementQuerySchema);
    res.json(await improvements.list(query, caller));
  });

  router.post('/improvements', async (req, res) => {
    const caller = await callerOf(req);
    parseQuery(req, noParameters);
    const submission = parseBody(req, improvementSubmissionSchema);
    const { improvement, isNew } = await audited(
      auditor,
      {
        eventId: 'improvement-create',
        request: req,
        meta: { entityRef: submission.entityRef },
        outcome: ({ improvement: { id, delivery } }) => ({
          id,
          delivery: delivery.state,
        }),
      },
      () => improvements.submit(submission, caller),
    );
    const status = improvement.delivery.state === 'filed' ? 201 : 202;
    res.status(isNew ? status : 200).json(improvement);
  });

  router.get('/improvements/:id', async (req, res) => {
    const caller = await callerOf(req);
    parseQuery(req, noParameters);
    res.json(await improvements.get(req.params.id, caller));
  });

  router.post('/improvements/:id/resend', async (req, res) => {
    const { id } = req.params;
    const caller = await callerOf(req);
    parseQuery(req, noParameters);
    const correction = parseBody(req, improvementCorrectionSchema);
    const improvement = await audited(
      auditor,
      {
        eventId: 'improvement-resend',
        request: req,
        meta: { id },
        outcome: ({ delivery }) => ({ delivery: delivery.state }),
      },
      () => improvements.resend(id, correction, caller),
    );
    res
      .status(improvement.delivery.state === 'filed' ? 200 : 202)
      .json(improvement);
  });

  router.get('/services/:kind/:namespace/:name/trackers', async (req, res) => {
    const entityRef = stringifyEntityRef(req.params);
    const caller = await callerOf(req);
    parseQuery(req, noParameters);
    res.json(await improvements.trackers(entityRef, caller));
  });

  router.get(
    '/services/:kind/:namespace/:name/similar-tickets',
    async (req, res) => {
      const entityRef = stringifyEntityRef(req.params);
      const caller = await callerOf(req);
      const query = parseQuery(req, similarTicketQuerySchema);
      res.json(await improvements.similarTickets(entityRef, query, caller));
    },
  );
}
