import {
  BacklogTicket,
  Instant,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import {
  idSet,
  instantOf,
  isPostgres,
  queryRows,
  StoredBoolean,
  StoredInstant,
} from '../database';

interface CountedTicketRow {
  service_id: number;
  improvement: StoredBoolean;
  state: BacklogTicket['state'];
  created_at: StoredInstant;
  started_at: StoredInstant | null;
  closed_at: StoredInstant | null;
}

/**
 * The tickets of some services that the backlog rules look at: open improvements
 * and what was created or closed within the last 90 days.
 */
export async function readCountedTickets(
  db: Knex,
  serviceIds: readonly number[],
  options: { now: Instant },
): Promise<Map<number, BacklogTicket[]>> {
  const set = idSet(db, serviceIds);
  // PostgreSQL would rather read all tickets than look these up by their ids,
  // while it does not know yet how many there are. The offset keeps it from that.
  const tickets = isPostgres(db)
    ? `cross join lateral (
         select * from tickets where tickets.id = m.ticket_id offset 0) t`
    : 'join tickets t on t.id = m.ticket_id';
  const rows = await queryRows<CountedTicketRow>(
    db,
    `select m.service_id, t.improvement, t.state, t.created_at, t.started_at,
       t.closed_at
     from ticket_matches m ${tickets}
     where ${set.includes('m.service_id')} and m.counts_until > ?`,
    [set.binding, options.now],
  );
  const byService = new Map<number, BacklogTicket[]>();
  for (const row of rows) {
    let ofService = byService.get(row.service_id);
    if (!ofService) byService.set(row.service_id, (ofService = []));
    ofService.push({
      improvement: Boolean(row.improvement),
      state: row.state,
      createdAt: instantOf(row.created_at),
      startedAt: instantOf(row.started_at),
      closedAt: instantOf(row.closed_at),
    });
  }
  return byService;
}
