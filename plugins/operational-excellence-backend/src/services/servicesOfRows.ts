import {
  backlogOf,
  Instant,
  Service,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { readCountedTickets } from '../status';
import { serviceOfRow, ServiceRow } from './serviceRows';

/**
 * Services as the API shows them. Where time has changed the 30 and 90 day
 * figures since a row was written, they are counted anew, with one query for all
 * of them.
 */
export async function servicesOfRows(
  db: Knex,
  rows: readonly ServiceRow[],
  options: { now: Instant },
): Promise<Service[]> {
  const expired = rows
    .filter(
      ({ backlog_valid_until: validUntil }) =>
        validUntil !== null && Number(validUntil) <= options.now,
    )
    .map(({ id }) => id);
  const tickets = expired.length
    ? await readCountedTickets(db, expired, options)
    : new Map();
  return rows.map(row => {
    const backlog = expired.includes(row.id)
      ? backlogOf(tickets.get(row.id) ?? [], options)
      : undefined;
    return serviceOfRow(row, { ...options, backlog });
  });
}
