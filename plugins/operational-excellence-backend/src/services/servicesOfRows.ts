import {
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
    .map(({ id }) => id);
  const [groups, tickets] = await Promise.all([
    ScopeGroups.create().freshness(db, groupsOf(rows)),
    expired.length
      ? readCountedTickets(db, expired, options)
      : new Map<number, BacklogTicket[]>(),
  ]);
  const anew = new Set(expired);
  return rows.map(row =>
    serviceOfRow(row, {
      ...options,
      groups,
      backlog: anew.has(row.id)
        ? backlogOf(tickets.get(row.id) ?? [], options)
        : undefined,
    }),
  );
}

function groupsOf(rows: readonly ServiceRow[]): Set<string> {
  const groups = rows.flatMap(row => [
    row.backlog_scope_group,
    row.game_day_scope_group,
    row.game_day_all_scope_group,
  ]);
  return new Set(groups.filter(group => group !== null));
}
