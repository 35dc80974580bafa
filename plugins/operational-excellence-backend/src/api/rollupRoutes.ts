import { HttpAuthService } from '@backstage/backend-plugin-api';
import {
  operationalExcellenceServiceReadPermission as serviceRead,
  rollupQuerySchema,
} from 'backstage-plugin-operational-excellence-common';
import { Router } from 'express';
import { VisibilityService } from '../visibility';
import { parseQuery } from './parseRequest';
import { RollupReader } from './readers';

/** Adds the routes of what the services of groups sum up to. */
export function addRollupRoutes(
  router: Router,
  options: {
    httpAuth: HttpAuthService;
    rollups: RollupReader;
    visibility: VisibilityService;
  },
): void {
  const { httpAuth, rollups, visibility } = options;

  router.get('/rollups', async (req, res) => {
    const caller = await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    const visible = await visibility.ofServices(caller, serviceRead);
    const query = parseQuery(req, rollupQuerySchema);
    res.json(await rollups.list(query, visible));
  });
}
