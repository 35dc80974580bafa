import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import { calendarFeedRequestSchema } from 'backstage-plugin-operational-excellence-common';
import { Request, Response, Router } from 'express';
import { z } from 'zod';
import { Calendars } from '../exercises';
import { audited } from './audited';
import { calendarQuerySchema } from './openapi/calendarOperations';
import { parseBody, parseQuery } from './parseRequest';

const noParameters = z.object({});

/** How long other programs may keep a calendar, seconds. */
const KEPT_FOR = 300;

/** Adds the routes of calendars. Those of secrets must be open to anybody. */
export function addCalendarRoutes(
  router: Router,
  options: {
    auditor: AuditorService;
    calendars: Calendars;
    httpAuth: HttpAuthService;
  },
): void {
  const { auditor, calendars, httpAuth } = options;
  const userOf = async (req: Request) => ({
    credentials: await httpAuth.credentials(req, { allow: ['user'] }),
  });

  router.get('/exercises.ics', async (req, res) => {
    const caller = {
      credentials: await httpAuth.credentials(req, {
        allow: ['user', 'service'],
      }),
    };
    const filter = parseQuery(req, calendarQuerySchema);
    const calendar = await calendars.download(filter, caller);
    res.attachment('game-days.ics');
    sendCalendar(res, calendar);
  });

  router.post('/calendar-feeds', async (req, res) => {
    const caller = await userOf(req);
    parseQuery(req, noParameters);
    const request = parseBody(req, calendarFeedRequestSchema);
    const feed = await audited(
      auditor,
      {
        eventId: 'calendar-feed-create',
        request: req,
        meta: { ...request },
        outcome: ({ expiresAt, id }) => ({ id, expiresAt }),
      },
      () => calendars.createFeed(request, caller),
    );
    res.status(201).json(feed);
  });

  router.get('/calendar-feeds', async (req, res) => {
    const caller = await userOf(req);
    parseQuery(req, noParameters);
    res.json(await calendars.feeds(caller));
  });

  router.delete('/calendar-feeds/:id', async (req, res) => {
    const { id } = req.params;
    const caller = await userOf(req);
    parseQuery(req, noParameters);
    await audited(
      auditor,
      { eventId: 'calendar-feed-revoke', request: req, meta: { id } },
      () => calendars.revokeFeed(id, caller),
    );
    res.status(204).end();
  });

  router.get('/calendar/:secret.ics', async (req, res) => {
    const calendar = await calendars.open(req.params.secret);
    res.set('Cache-Control', `private, max-age=${KEPT_FOR}`);
    sendCalendar(res, calendar);
  });
}

function sendCalendar(res: Response, calendar: string) {
  res.type('text/calendar; charset=utf-8').send(calendar);
}
