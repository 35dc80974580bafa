import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import {
  findingChangeSchema,
  findingQuerySchema,
  findingSubmissionSchema,
  retestSubmissionSchema,
} from 'backstage-plugin-operational-excellence-common';
import { Request, Router } from 'express';
import { z } from 'zod';
import { Findings } from '../findings';
import { audited } from './audited';
import { parseBody, parseQuery } from './parseRequest';

const noParameters = z.object({});

/** Adds the routes of findings. */
export function addFindingRoutes(
  router: Router,
  options: {
    auditor: AuditorService;
    findings: Findings;
    httpAuth: HttpAuthService;
  },
): void {
  const { auditor, findings, httpAuth } = options;
  const callerOf = async (req: Request) => ({
    credentials: await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    }),
  });

  router.get('/findings', async (req, res) => {
    const caller = await callerOf(req);
    const query = parseQuery(req, findingQuerySchema);
    res.json(await findings.list(query, caller));
  });

  router.post('/findings', async (req, res) => {
    const caller = await callerOf(req);
    parseQuery(req, noParameters);
    const submission = parseBody(req, findingSubmissionSchema);
    const { entityRef, exerciseId, readinessTestId } = submission;
    const { finding, isNew } = await audited(
      auditor,
      {
        eventId: 'finding-create',
        request: req,
        meta: { entityRef, exerciseId, readinessTestId },
        outcome: result => ({ id: result.finding.id }),
      },
      () => findings.create(submission, caller),
    );
    res.status(isNew ? 201 : 200).json(finding);
  });

  router.get('/findings/:id', async (req, res) => {
    const caller = await callerOf(req);
    parseQuery(req, noParameters);
    res.json(await findings.get(req.params.id, caller));
  });

  router.patch('/findings/:id', async (req, res) => {
    const { id } = req.params;
    const caller = await callerOf(req);
    parseQuery(req, noParameters);
    const change = parseBody(req, findingChangeSchema);
    const finding = await audited(
      auditor,
      {
        eventId: 'finding-change',
        request: req,
        meta: { id },
        outcome: ({ entityRef, version }) => ({ entityRef, version }),
      },
      () => findings.change(id, change, caller),
    );
    res.json(finding);
  });

  router.post('/findings/:id/retests', async (req, res) => {
    const { id } = req.params;
    const caller = await callerOf(req);
    parseQuery(req, noParameters);
    const submission = parseBody(req, retestSubmissionSchema);
    const { by, result } = submission;
    const { finding, isNew } = await audited(
      auditor,
      {
        eventId: 'finding-retest',
        request: req,
        meta: { id, by, result },
        outcome: ({ finding: { entityRef, stage } }) => ({ entityRef, stage }),
      },
      () => findings.retest(id, submission, caller),
    );
    res.status(isNew ? 201 : 200).json(finding);
  });
}
