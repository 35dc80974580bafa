import {
  DAY_MS,
  Instant,
  TicketItem,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { Ticket } from 'backstage-plugin-operational-excellence-node';
import {
  Columns,
  instantOf,
  storableInstant,
  storableText,
  storableTexts,
  storableUrl,
  StoredRow,
} from '../database';

/** What is written to `tickets`, beside the id that the database gives. */
export interface TicketRow {
  source_id: string;
  external_id: string;
  scope_id: number;
  container: string;
  facets: string;
  key: string;
  url: string | null;
  title: string;
  state: Ticket['state'];
  improvement: boolean;
  created_at: number;
  started_at: number | null;
  closed_at: number | null;
  updated_at: number;
  labels: string;
  priority: string | null;
  assignee: string | null;
  counts_until: number;
}

export const ticketColumns: Columns<TicketRow> = {
  source_id: 'text',
  external_id: 'text',
  scope_id: 'integer',
  container: 'text',
  facets: 'text',
  key: 'text',
  url: 'text',
  title: 'text',
  state: 'text',
  improvement: 'boolean',
  created_at: 'bigint',
  started_at: 'bigint',
  closed_at: 'bigint',
  updated_at: 'bigint',
  labels: 'text',
  priority: 'text',
  assignee: 'text',
  counts_until: 'bigint',
};

export type StoredTicketRow = StoredRow<TicketRow> & { id: number };

/** `counts_until` of open improvements, and of nothing else. */
export const COUNTS_WHILE_OPEN: Instant = Number.MAX_SAFE_INTEGER;

/** Until when the backlog rules look at a ticket: 90 days at most once done. */
function countsUntil(ticket: Ticket): Instant {
  const { closedAt, createdAt, improvement, state } = ticket;
  if (improvement && state !== 'done') return COUNTS_WHILE_OPEN;
  const newest = Math.max(
    improvement ? createdAt : -Infinity,
    closedAt ?? -Infinity,
  );
  return newest === -Infinity ? 0 : storableInstant(newest) + 90 * DAY_MS;
}

export function rowOfTicket(
  ticket: Ticket,
  where: { sourceId: string; scopeId: number },
): TicketRow {
  return {
    source_id: where.sourceId,
    external_id: storableText(ticket.externalId),
    scope_id: where.scopeId,
    container: storableText(ticket.container),
    facets: storableTexts([...new Set(ticket.facets)].sort()),
    key: storableText(ticket.key),
    url: storableUrl(ticket.url),
    title: storableText(ticket.title),
    state: ticket.state,
    improvement: ticket.improvement,
    created_at: storableInstant(ticket.createdAt),
    started_at: storableInstant(ticket.startedAt),
    closed_at: storableInstant(ticket.closedAt),
    updated_at: storableInstant(ticket.updatedAt),
    labels: storableTexts(ticket.labels),
    priority: storableText(ticket.priority),
    assignee: storableText(ticket.assignee),
    counts_until: countsUntil(ticket),
  };
}

export function ticketOfRow(row: StoredTicketRow): TicketItem {
  return {
    id: row.external_id,
    sourceId: row.source_id,
    key: row.key,
    url: row.url,
    title: row.title,
    state: row.state,
    improvement: Boolean(row.improvement),
    createdAt: toIsoInstant(instantOf(row.created_at)),
    startedAt: toIsoInstant(instantOf(row.started_at)),
    closedAt: toIsoInstant(instantOf(row.closed_at)),
    updatedAt: toIsoInstant(instantOf(row.updated_at)),
    labels: JSON.parse(row.labels),
    priority: row.priority,
    assignee: row.assignee,
  };
}
