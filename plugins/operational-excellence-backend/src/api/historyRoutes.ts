import { HttpAuthService } from '@backstage/backend-plugin-api';
import {
  historyQuerySchema,
  moversQuerySchema,
  operationalExcellenceServiceReadPermission as serviceRead,
} from 'backstage-plugin-operational-excellence-common';
import { Request, Router } from 'express';
import { noSuchService } from '../services/noSuchService';
import { VisibilityService } from '../visibility';
import { parseQuery } from './parseRequest';
import { HistoryReader } from './readers';

/** Adds the routes of histories. */
export function addHistoryRoutes(
  router: Router,
  options: {
    history: HistoryReader;
    httpAuth: HttpAuthService;
    visibility: VisibilityService;
  },
): void {
  const { history, httpAuth, visibility } = options;
  const callerOf = (request: Request) =>
    httpAuth.credentials(request, { allow: ['user', 'service'] });

  router.get('/history', async (req, res) => {
    const caller = await callerOf(req);
    const visible = await visibility.ofServices(caller, serviceRead);
    const query = parseQuery(req, historyQuerySchema);
    const answer = await history.history(query, visible);
    if (!answer) throw noSuchService(query.key ?? '');
    res.json(answer);
  });

  router.get('/history/movers', async (req, res) => {
    const caller = await callerOf(req);
    const visible = await visibility.ofServices(caller, serviceRead);
    const query = parseQuery(req, moversQuerySchema);
    res.json(await history.movers(query, visible));
  });
}
