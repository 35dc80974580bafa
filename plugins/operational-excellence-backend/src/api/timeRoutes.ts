import { HttpAuthService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import {
  operationalExcellenceServiceReadPermission as serviceRead,
  timeQuerySchema,
} from 'backstage-plugin-operational-excellence-common';
import { Request, Router } from 'express';
import { z } from 'zod';
import { noSuchService } from '../services/noSuchService';
import { VisibilityService } from '../visibility';
import { parseQuery } from './parseRequest';
import { TimeReader } from './readers';

const noParameters = z.object({});

/** Adds the routes of time reports. */
export function addTimeRoutes(
  router: Router,
  options: {
    httpAuth: HttpAuthService;
    time: TimeReader;
    visibility: VisibilityService;
  },
): void {
  const { httpAuth, time, visibility } = options;
  const callerOf = (request: Request) =>
    httpAuth.credentials(request, { allow: ['user', 'service'] });

  router.get('/services/:kind/:namespace/:name/time', async (req, res) => {
    const entityRef = stringifyEntityRef(req.params);
    const caller = await callerOf(req);
    const visible = await visibility.ofService(entityRef, caller, serviceRead);
    parseQuery(req, noParameters);
    const report = await time.ofService(entityRef, visible);
    if (!report) throw noSuchService(entityRef);
    res.json(report);
  });

  router.get('/time', async (req, res) => {
    const caller = await callerOf(req);
    const visible = await visibility.ofServices(caller, serviceRead);
    const { owner } = parseQuery(req, timeQuerySchema);
    const report = await time.ofOwner(owner, visible);
    if (!report) {
      throw new NotFoundError(
        `${owner} owns no service that you may see in the catalog, neither by itself nor through nested groups`,
      );
    }
    res.json(report);
  });
}
