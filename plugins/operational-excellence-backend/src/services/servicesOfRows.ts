import {
  Backlog,
  backlogOf,
  Service,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { readCountedTickets } from '../status';
import { serviceOfRow, ServiceRow, ShownOptions } from './serviceRows';

/**
 * Services as the API shows them. Where time has changed the 30 and 90 day
 * figures since a row was written, they are counted anew, with one query for all
 * of them.
 */
export async function servicesOfRows(
  db: Knex,
  rows: readonly ServiceRow[],
  options: ShownOptions,
): Promise<Service[]> {
  const expired = new Set(
    rows
      .filter(
        ({ backlog_valid_until: validUntil }) =>
          validUntil !== null && Number(validUntil) <= options.now,
      )
      .map(row => row.service_id),
  );
  if (!expired.size) return rows.map(row => serviceOfRow(row, options));

  const tickets = await readCountedTickets(db, [...expired], options);
  return rows.map(row => {
    if (!expired.has(row.service_id)) return serviceOfRow(row, options);
    const backlog = backlogOf(tickets.get(row.service_id) ?? [], options);
    return serviceOfRow(withWindows(row, backlog), options);
  });
}

function withWindows(row: ServiceRow, backlog: Backlog): ServiceRow {
  return {
    ...row,
    backlog_opened_30d: backlog.opened30d,
    backlog_closed_30d: backlog.closed30d,
    backlog_opened_90d: backlog.opened90d,
    backlog_closed_90d: backlog.closed90d,
    // The one before, unless a closing that was ahead of the clock came due.
    backlog_last_closed_at: backlog.lastClosedAt ?? row.backlog_last_closed_at,
    backlog_improvement_share_90d: backlog.improvementShare90d,
  };
}
