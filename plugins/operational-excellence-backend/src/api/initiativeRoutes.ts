import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import {
  initiativeChangeSchema,
  initiativeClosingSchema,
  initiativeQuerySchema,
  initiativeSubmissionSchema,
} from 'backstage-plugin-operational-excellence-common';
import { Request, Router } from 'express';
import { z } from 'zod';
import { Initiatives } from '../initiatives';
import { audited } from './audited';
import { parseBody, parseQuery } from './parseRequest';

const noParameters = z.object({});

/** Adds the routes of initiatives. */
export function addInitiativeRoutes(
  router: Router,
  options: {
    auditor: AuditorService;
    httpAuth: HttpAuthService;
    initiatives: Initiatives;
  },
): void {
  const { auditor, httpAuth, initiatives } = options;
  const callerOf = async (req: Request) => ({
    credentials: await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    }),
  });

  router.get('/initiatives', async (req, res) => {
    const caller = await callerOf(req);
    const query = parseQuery(req, initiativeQuerySchema);
    res.json(await initiatives.list(query, caller));
  });

  router.post('/initiatives', async (req, res) => {
    const caller = await callerOf(req);
    parseQuery(req, noParameters);
    const submission = parseBody(req, initiativeSubmissionSchema);
    const { dueOn, title } = submission;
    const { initiative, isNew } = await audited(
      auditor,
      {
        eventId: 'initiative-create',
        request: req,
        meta: { title, dueOn },
        outcome: created => ({
          id: created.initiative.id,
          isNew: created.isNew,
        }),
      },
      () => initiatives.create(submission, caller),
    );
    res.status(isNew ? 201 : 200).json(initiative);
  });

  router.get('/initiatives/:id', async (req, res) => {
    const caller = await callerOf(req);
    parseQuery(req, noParameters);
    res.json(await initiatives.get(req.params.id, caller));
  });

  router.patch('/initiatives/:id', async (req, res) => {
    const { id } = req.params;
    const caller = await callerOf(req);
    parseQuery(req, noParameters);
    const change = parseBody(req, initiativeChangeSchema);
    const initiative = await audited(
      auditor,
      {
        eventId: 'initiative-change',
        request: req,
        meta: { id, changed: Object.keys(change).sort() },
        outcome: ({ version }) => ({ version }),
      },
      () => initiatives.change(id, change, caller),
    );
    res.json(initiative);
  });

  router.post('/initiatives/:id/close', async (req, res) => {
    const { id } = req.params;
    const caller = await callerOf(req);
    parseQuery(req, noParameters);
    const closing = parseBody(req, initiativeClosingSchema);
    const initiative = await audited(
      auditor,
      {
        eventId: 'initiative-close',
        request: req,
        meta: { id },
        outcome: ({ progress }) => ({ progress }),
      },
      () => initiatives.close(id, closing, caller),
    );
    res.json(initiative);
  });
}
