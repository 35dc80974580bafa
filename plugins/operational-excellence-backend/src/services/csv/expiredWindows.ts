import {
  backlogOf,
  Instant,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { Columns, queryRows, ValueSet } from '../../database';
import { readCountedTickets } from '../../status';

/** The 30 and 90 day figures of a service, counted anew. */
export interface Windows {
  service_id: number;
  opened_30d: number;
  closed_30d: number;
  opened_90d: number;
  closed_90d: number;
  improvement_share_90d: number | null;
}

export const windowColumns: Columns<Windows> = {
  service_id: 'integer',
  opened_30d: 'integer',
  closed_30d: 'integer',
  opened_90d: 'integer',
  closed_90d: 'integer',
  improvement_share_90d: 'double precision',
};

/** Those of some services of which time has changed them since they were stored. */
export async function readExpiredWindows(
  db: Knex,
  services: ValueSet,
  options: { now: Instant },
): Promise<Windows[]> {
  const expired = await queryRows<{ service_id: number }>(
    db,
    `select service_id from service_status
     where ${services.includes('service_id')} and backlog_valid_until <= ?`,
    [services.binding, options.now],
  );
  if (!expired.length) return [];
  const ids = expired.map(row => row.service_id);
  const tickets = await readCountedTickets(db, ids, options);
  return ids.map(id => {
    const backlog = backlogOf(tickets.get(id) ?? [], options);
    return {
      service_id: id,
      opened_30d: backlog.opened30d,
      closed_30d: backlog.closed30d,
      opened_90d: backlog.opened90d,
      closed_90d: backlog.closed90d,
      improvement_share_90d: backlog.improvementShare90d,
    };
  });
}
