import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import {
  policyPreviewServiceQuerySchema,
  policyPreviewSubmissionSchema,
} from 'backstage-plugin-operational-excellence-common';
import { Request, Router } from 'express';
import { z } from 'zod';
import { checkPolicies } from '../config';
import { PolicyPreviews } from '../policies';
import { audited } from './audited';
import { parseBody, parseQuery } from './parseRequest';

const noParameters = z.object({});

const submissionSchema = policyPreviewSubmissionSchema.extend({
  policies:
    policyPreviewSubmissionSchema.shape.policies.superRefine(checkPolicies),
});

/** Adds the routes of policies and their previews. */
export function addPolicyRoutes(
  router: Router,
  options: {
    auditor: AuditorService;
    httpAuth: HttpAuthService;
    policyPreviews: PolicyPreviews;
  },
): void {
  const { auditor, httpAuth, policyPreviews } = options;
  const callerOf = async (req: Request) => ({
    credentials: await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    }),
  });

  router.get('/policies', async (req, res) => {
    const caller = await callerOf(req);
    parseQuery(req, noParameters);
    res.json(await policyPreviews.policies(caller));
  });

  router.post('/policy-previews', async (req, res) => {
    const caller = await callerOf(req);
    parseQuery(req, noParameters);
    const submission = parseBody(req, submissionSchema);
    const preview = await audited(
      auditor,
      {
        eventId: 'policy-preview',
        request: req,
        meta: { policies: submission.policies.map(({ id }) => id) },
        outcome: ({ id }) => ({ id }),
      },
      () => policyPreviews.start(submission, caller),
    );
    res.status(202).json(preview);
  });

  router.get('/policy-previews/:id', async (req, res) => {
    const { id } = req.params;
    const caller = await callerOf(req);
    parseQuery(req, noParameters);
    res.json(await policyPreviews.get(id, caller));
  });

  router.get('/policy-previews/:id/services', async (req, res) => {
    const { id } = req.params;
    const caller = await callerOf(req);
    const query = parseQuery(req, policyPreviewServiceQuerySchema);
    res.json(await policyPreviews.services(id, query, caller));
  });
}
