import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import {
  environmentChoiceSchema,
  environmentNameSchema,
  environmentQuerySchema,
  environmentRemovalSchema,
  environmentReportSchema,
} from 'backstage-plugin-operational-excellence-common';
import { InputError } from '@backstage/errors';
import { Request, Router } from 'express';
import { z } from 'zod';
import { Environments } from '../environments';
import { audited } from './audited';
import { parseBody, parseQuery } from './parseRequest';

const noParameters = z.object({});

/** Adds the routes of environments. */
export function addEnvironmentRoutes(
  router: Router,
  options: {
    auditor: AuditorService;
    environments: Environments;
    httpAuth: HttpAuthService;
  },
): void {
  const { auditor, environments, httpAuth } = options;
  const callerOf = async (req: Request) => ({
    credentials: await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    }),
  });

  router.get('/environments', async (req, res) => {
    const caller = await callerOf(req);
    const query = parseQuery(req, environmentQuerySchema);
    res.json(await environments.list(query, caller));
  });

  router.put('/environments/:name', async (req, res) => {
    const caller = await callerOf(req);
    parseQuery(req, noParameters);
    const name = nameOf(req);
    const report = parseBody(req, environmentReportSchema);
    const { expiresAt, kind } = report;
    const { environment, isNew } = await audited(
      auditor,
      {
        eventId: 'environment-report',
        request: req,
        meta: { name, kind, expiresAt },
        outcome: ({ environment: { id, version } }) => ({ id, version }),
      },
      () => environments.report(name, report, caller),
    );
    res.status(isNew ? 201 : 200).json(environment);
  });

  router.post('/environments/:name/removal', async (req, res) => {
    const caller = await callerOf(req);
    parseQuery(req, noParameters);
    const { name } = req.params;
    const removal = parseBody(req, environmentRemovalSchema);
    const environment = await audited(
      auditor,
      {
        eventId: 'environment-remove',
        request: req,
        meta: { name },
        outcome: ({ id, removedAt }) => ({ id, removedAt }),
      },
      () => environments.remove(name, removal, caller),
    );
    res.json(environment);
  });

  router.put('/improvements/:id/environment', async (req, res) => {
    const { id } = req.params;
    const caller = await callerOf(req);
    parseQuery(req, noParameters);
    const { environmentId } = parseBody(req, environmentChoiceSchema);
    const improvement = await audited(
      auditor,
      {
        eventId: 'improvement-environment',
        request: req,
        meta: { id, environmentId },
        outcome: ({ entityRef }) => ({ entityRef }),
      },
      () => environments.choose(id, environmentId, caller),
    );
    res.json(improvement);
  });
}

/** @throws InputError where an environment cannot be called that */
function nameOf(req: Request): string {
  const name = environmentNameSchema.safeParse(req.params.name);
  if (name.success) return name.data;
  throw new InputError(
    `Invalid name of an environment: ${name.error.issues[0].message}`,
  );
}
