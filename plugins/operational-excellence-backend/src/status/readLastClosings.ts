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
  StoredInstant,
} from '../database';

/**
 * The improvement that was closed last, of some services that closed none which
 * still counts. It is the first one that an index leads to, backwards in time.
 */
export async function readLastClosings(
  db: Knex,
  serviceIds: readonly number[],
  options: { now: Instant },
): Promise<Map<number, BacklogTicket>> {
  if (!serviceIds.length) return new Map();
  const set = idSet(db, serviceIds);
  // As for the tickets that count: looked up one by one.
  const tickets = isPostgres(db)
    ? `cross join lateral (
         select * from tickets where tickets.id = m.ticket_id offset 0) c`
    : 'join tickets c on c.id = m.ticket_id';
  const rows = await queryRows<{
    service_id: number;
    created_at: StoredInstant;
    started_at: StoredInstant | null;
    closed_at: StoredInstant;
  }>(
    db,
    `select s.id as service_id, t.created_at, t.started_at, t.closed_at
     from services s join tickets t on t.id = (
       select c.id from ticket_matches m ${tickets}
       where m.service_id = s.id and m.counts_until <= ?
         and c.improvement and c.state = 'done' and c.closed_at <= ?
       order by m.counts_until desc limit 1
     )
     where ${set.includes('s.id')}`,
    [options.now, options.now, set.binding],
  );
  return new Map(
    rows.map(row => [
      row.service_id,
      {
        improvement: true,
        state: 'done',
        createdAt: instantOf(row.created_at),
        startedAt: instantOf(row.started_at),
        closedAt: instantOf(row.closed_at),
      },
    ]),
  );
}
