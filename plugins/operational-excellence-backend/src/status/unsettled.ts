import { Instant } from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { bound, queryRows, sql, SqlPart, StoredBoolean } from '../database';
import { staleGroupsSql, Unsettled } from './stateSql';

/** Beyond as many, telling them apart costs more than it saves. */
const FEW = 1000;

/**
 * Whether any service may be unsettled: an expression that costs next to nothing
 * beside a query of services. The least values are at the ends of indexes, which
 * also a plan for whatever is bound looks up.
 */
export function maybeUnsettledSql(options: { now: Instant }): SqlPart {
  const now = bound(options.now);
  return sql`(exists (select 1 from scope_groups where fresh_until is null)
    or coalesce((select min(fresh_until) from scope_groups) < ${now}
      or (select min(settled_until) from service_status) <= ${now}, 1 = 0))`;
}

export async function maybeUnsettled(
  db: Knex,
  options: { now: Instant },
): Promise<boolean> {
  const maybe = maybeUnsettledSql(options);
  const [{ unsettled }] = await queryRows<{ unsettled: StoredBoolean }>(
    db,
    `select ${maybe.sql} as unsettled`,
    maybe.bindings,
  );
  return Boolean(unsettled);
}

export async function readUnsettled(
  db: Knex,
  options: { now: Instant },
): Promise<Unsettled> {
  const stale = staleGroupsSql(options);
  const inStale = 'in (select id from stale_groups)';
  const rows = await queryRows<{ service_id: number }>(
    db,
    `with ${stale.sql}
     select service_id from service_status where settled_until <= ?
     union
     select service_id from service_status
     where backlog_scope_group ${inStale}
     union
     select service_id from service_status
     where game_day_scope_group ${inStale}
     union
     select service_id from service_status
     where game_day_all_scope_group ${inStale}
     limit ?`,
    [...stale.bindings, options.now, FEW + 1],
  );
  return rows.length > FEW ? 'many' : rows.map(row => row.service_id);
}
