import { TicketEvent, TicketEventKind, TrackerTicket } from './TrackerTicket';

/** A row of `tracker_tickets`, as the databases return it. */
export interface TicketRow {
  id: number;
  entity_ref: string;
  title: string;
  description: string;
  state: TrackerTicket['state'];
  improvement: boolean | number;
  labels: string;
  priority: string | null;
  assignee: string | null;
  created_at: number | string;
  started_at: number | string | null;
  closed_at: number | string | null;
  updated_at: number | string;
  written_at: number | string;
  created_by: string;
  version: number;
  idempotency_key: string | null;
  request_hash: string | null;
  external_key: string | null;
}

/** A row of `tracker_ticket_events`. */
export interface EventRow {
  id: number;
  ticket_id: number;
  kind: TicketEventKind;
  at: number | string;
  by: string;
  fields: string;
}

function instantOrNull(value: number | string | null) {
  return value === null ? null : Number(value);
}

export function ticketFromRow(row: TicketRow): TrackerTicket {
  return {
    id: row.id,
    entityRef: row.entity_ref,
    title: row.title,
    description: row.description,
    state: row.state,
    improvement: Boolean(row.improvement),
    labels: JSON.parse(row.labels),
    priority: row.priority,
    assignee: row.assignee,
    createdAt: Number(row.created_at),
    startedAt: instantOrNull(row.started_at),
    closedAt: instantOrNull(row.closed_at),
    updatedAt: Number(row.updated_at),
    createdBy: row.created_by,
    version: row.version,
  };
}

export function ticketToRow(ticket: Omit<TrackerTicket, 'id'>) {
  return {
    entity_ref: ticket.entityRef,
    title: ticket.title,
    description: ticket.description,
    state: ticket.state,
    improvement: ticket.improvement,
    labels: JSON.stringify(ticket.labels),
    priority: ticket.priority,
    assignee: ticket.assignee,
    created_at: ticket.createdAt,
    started_at: ticket.startedAt,
    closed_at: ticket.closedAt,
    updated_at: ticket.updatedAt,
    created_by: ticket.createdBy,
    version: ticket.version,
  };
}

export function eventFromRow(row: EventRow): TicketEvent {
  return {
    kind: row.kind,
    at: Number(row.at),
    by: row.by,
    fields: JSON.parse(row.fields),
  };
}

export function eventToRow(ticketId: number, event: TicketEvent) {
  return {
    ticket_id: ticketId,
    kind: event.kind,
    at: event.at,
    by: event.by,
    fields: JSON.stringify(event.fields),
  };
}
