import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import {
  Instant,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import express, { Request, Response } from 'express';
import Router from 'express-promise-router';
import { TrackerService } from '../service';
import {
  newTicketSchema,
  ticketChangesSchema,
  ticketKey,
  TrackerTicket,
  Transition,
} from '../tickets';
import { audited } from './audited';
import { jsonBody } from './jsonBody';
import { parse } from '../validation';
import {
  idempotencyKeyOf,
  ifVersionOf,
  importSchema,
  ticketListSchema,
} from './requests';
import { eventJson, ticketJson } from './ticketJson';

export interface TrackerRouterOptions {
  tracker: TrackerService;
  httpAuth: HttpAuthService;
  auditor: AuditorService;
  now?: () => Instant;
}

const TRANSITIONS: Transition[] = ['start', 'close', 'reopen'];

/** The HTTP API of the built-in tracker, beneath `/tracker`. */
export function createTrackerRouter(
  options: TrackerRouterOptions,
): express.Router {
  const { tracker, httpAuth, auditor, now = Date.now } = options;
  const router = Router();
  const callerOf = async (req: Request) => ({
    credentials: await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    }),
  });
  const reply = (res: Response, ticket: TrackerTicket) =>
    res.set('ETag', `"${ticket.version}"`).json(ticketJson(ticket));

  router.get('/tracker/tickets', async (req, res) => {
    const { entityRef, state, ...query } = parse(
      ticketListSchema,
      req.query,
      'The query',
    );
    const page = await tracker.list(
      { ...query, entityRefs: entityRef, states: state ?? [] },
      await callerOf(req),
    );
    const { tickets, ...rest } = page;
    res.json({
      items: tickets.map(ticketJson),
      ...rest,
      asOf: toIsoInstant(now()),
    });
  });

  router.post('/tracker/tickets', jsonBody('256kb'), async (req, res) => {
    const caller = await callerOf(req);
    const ticket = parse(newTicketSchema, req.body, 'The ticket');
    const idempotencyKey = idempotencyKeyOf(req);
    const result = await audited(
      auditor,
      req,
      {
        eventId: 'tracker-ticket-create',
        meta: { entityRef: ticket.entityRef },
        outcome: ({ ticket: { id }, created }) => ({
          key: ticketKey(id),
          created,
        }),
      },
      () => tracker.create(ticket, { ...caller, idempotencyKey }),
    );
    reply(res.status(result.created ? 201 : 200), result.ticket);
  });

  router.get('/tracker/tickets/:key', async (req, res) => {
    const { ticket, events } = await tracker.get(
      req.params.key,
      await callerOf(req),
    );
    res
      .set('ETag', `"${ticket.version}"`)
      .json({ ...ticketJson(ticket), events: events.map(eventJson) });
  });

  router.patch('/tracker/tickets/:key', jsonBody('256kb'), async (req, res) => {
    const caller = await callerOf(req);
    const changes = parse(ticketChangesSchema, req.body, 'The change');
    const ifVersion = ifVersionOf(req);
    const ticket = await audited(
      auditor,
      req,
      {
        eventId: 'tracker-ticket-update',
        meta: { key: req.params.key, fields: Object.keys(changes) },
      },
      () => tracker.update(req.params.key, changes, { ...caller, ifVersion }),
    );
    reply(res, ticket);
  });

  for (const transition of TRANSITIONS) {
    router.post(`/tracker/tickets/:key/${transition}`, async (req, res) => {
      const caller = await callerOf(req);
      const ifVersion = ifVersionOf(req);
      const ticket = await audited(
        auditor,
        req,
        {
          eventId: `tracker-ticket-${transition}`,
          meta: { key: req.params.key },
        },
        () =>
          tracker.transition(req.params.key, transition, {
            ...caller,
            ifVersion,
          }),
      );
      reply(res, ticket);
    });
  }

  router.post('/tracker/import', jsonBody('10mb'), async (req, res) => {
    const caller = await callerOf(req);
    const { tickets } = parse(importSchema, req.body, 'The import');
    const imported = await audited(
      auditor,
      req,
      {
        eventId: 'tracker-ticket-import',
        meta: { tickets: tickets.length },
        outcome: items => ({
          created: items.filter(({ created }) => created).length,
        }),
      },
      () => tracker.import(tickets, caller),
    );
    res.json({ tickets: imported });
  });

  return router;
}
