import {
  Backlog,
  backlogOf,
  BacklogTicket,
  Instant,
  Service,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { readCountedTickets, ScopeGroups } from '../status';
import { serviceOfRow, ServiceRow } from './serviceRows';

/**
 * Services as the API shows them: with how fresh their figures are, and where
 * time has changed the 30 and 90 day figures since a row was written, with these
 * counted anew. One query each for all of them.
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
    .map(row => row.service_id);
  const [groups, tickets] = await Promise.all([
    ScopeGroups.create().freshness(db, groupsOf(rows)),
    expired.length
      ? readCountedTickets(db, expired, options)
      : new Map<number, BacklogTicket[]>(),
  ]);
  const anew = new Set(expired);
  return rows.map(row =>
    serviceOfRow(
      anew.has(row.service_id)
        ? withWindows(
            row,
            backlogOf(tickets.get(row.service_id) ?? [], options),
          )
        : row,
      { ...options, groups },
    ),
  );
}

function withWindows(row: ServiceRow, backlog: Backlog): ServiceRow {
  return {
    ...row,
    backlog_opened_30d: backlog.opened30d,
    backlog_closed_30d: backlog.closed30d,
    backlog_opened_90d: backlog.opened90d,
    backlog_closed_90d: backlog.closed90d,
    backlog_improvement_share_90d: backlog.improvementShare90d,
  };
}

function groupsOf(rows: readonly ServiceRow[]): Set<string> {
  const groups = rows.flatMap(row => [
    row.backlog_scope_group,
    row.game_day_scope_group,
    row.game_day_all_scope_group,
  ]);
  return new Set(groups.filter(group => group !== null));
}
