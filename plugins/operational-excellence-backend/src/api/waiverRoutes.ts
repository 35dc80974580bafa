import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import {
  waiverQuerySchema,
  waiverRequestSchema,
} from 'backstage-plugin-operational-excellence-common';
import { Request, Router } from 'express';
import { z } from 'zod';
import { Waivers } from '../waivers';
import { audited } from './audited';
import { parseBody, parseQuery } from './parseRequest';

const noParameters = z.object({});

/** Adds the routes of waivers. */
export function addWaiverRoutes(
  router: Router,
  options: {
    auditor: AuditorService;
    httpAuth: HttpAuthService;
    waivers: Waivers;
  },
): void {
  const { auditor, httpAuth, waivers } = options;
  const callerOf = async (req: Request) => ({
    credentials: await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    }),
  });

  router.get('/waivers', async (req, res) => {
    const caller = await callerOf(req);
    const query = parseQuery(req, waiverQuerySchema);
    res.json(await waivers.list(query, caller));
  });

  router.post('/waivers', async (req, res) => {
    const caller = await callerOf(req);
    parseQuery(req, noParameters);
    const request = parseBody(req, waiverRequestSchema);
    const { entityRef, measure, until } = request;
    const waiver = await audited(
      auditor,
      {
        eventId: 'waiver-grant',
        request: req,
        meta: { entityRef, measure, until },
        outcome: ({ id }) => ({ id }),
      },
      () => waivers.grant(request, caller),
    );
    res.status(201).json(waiver);
  });

  router.delete('/waivers/:id', async (req, res) => {
    const { id } = req.params;
    const caller = await callerOf(req);
    parseQuery(req, noParameters);
    const waiver = await audited(
      auditor,
      {
        eventId: 'waiver-revoke',
        request: req,
        meta: { id },
        outcome: ({ entityRef, measure }) => ({ entityRef, measure }),
      },
      () => waivers.revoke(id, caller),
    );
    res.json(waiver);
  });
}
