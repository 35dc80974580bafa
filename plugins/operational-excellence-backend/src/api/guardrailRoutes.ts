import { HttpAuthService } from '@backstage/backend-plugin-api';
import {
  experimentTemplateQuerySchema,
  operationalExcellenceServiceReadPermission as serviceRead,
} from 'backstage-plugin-operational-excellence-common';
import { Request, Router } from 'express';
import { z } from 'zod';
import { VisibilityService } from '../visibility';
import { parseQuery } from './parseRequest';
import { GuardrailReader } from './readers';

const noParameters = z.object({});

/** Adds the routes of what limits the harm of experiments. */
export function addGuardrailRoutes(
  router: Router,
  options: {
    guardrails: GuardrailReader;
    httpAuth: HttpAuthService;
    visibility: VisibilityService;
  },
): void {
  const { guardrails, httpAuth, visibility } = options;
  const visibleTo = async (req: Request) =>
    visibility.ofServices(
      await httpAuth.credentials(req, { allow: ['user', 'service'] }),
      serviceRead,
    );

  router.get('/experiment-templates', async (req, res) => {
    const visible = await visibleTo(req);
    const query = parseQuery(req, experimentTemplateQuerySchema);
    res.json(await guardrails.templates(query, visible));
  });

  router.get('/safety-levers', async (req, res) => {
    await visibleTo(req);
    parseQuery(req, noParameters);
    res.json(await guardrails.safetyLevers());
  });
}
