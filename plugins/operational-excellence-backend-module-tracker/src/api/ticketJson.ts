import { toIsoInstant } from 'backstage-plugin-operational-excellence-common';
import { TicketEvent, ticketKey, TrackerTicket } from '../tickets';

/** A ticket as the API writes it. */
export function ticketJson(ticket: TrackerTicket) {
  return {
    key: ticketKey(ticket.id),
    entityRef: ticket.entityRef,
    title: ticket.title,
    description: ticket.description,
    state: ticket.state,
    improvement: ticket.improvement,
    labels: ticket.labels,
    priority: ticket.priority,
    assignee: ticket.assignee,
    createdAt: toIsoInstant(ticket.createdAt),
    startedAt: toIsoInstant(ticket.startedAt),
    closedAt: toIsoInstant(ticket.closedAt),
    updatedAt: toIsoInstant(ticket.updatedAt),
    createdBy: ticket.createdBy,
    version: ticket.version,
  };
}

/** An event of a ticket as the API writes it. */
export function eventJson(event: TicketEvent) {
  return { ...event, at: toIsoInstant(event.at) };
}
