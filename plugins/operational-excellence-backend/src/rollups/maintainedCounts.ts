import {
  Instant,
  RollupDimension,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { bound, idSet, sql, SqlPart } from '../database';
import { FIGURE_COLUMNS } from './figureColumns';
import {
  CELL_COLUMNS,
  CountedGroups,
  DIMENSION_COLUMNS,
  exactColumnsSql,
  keyOfService,
  ownerOf,
  ownersOf,
  pivotSql,
} from './groupCounts';

/** The sums of each group as they were counted last: a select as others are. */
export function countedSql(by: RollupDimension): SqlPart {
  return sql`select group_key, ${FIGURE_COLUMNS.join(', ')}
    from rollups where dimension = ${bound(by)}`;
}

/**
 * The same, corrected by some services: what was counted of them is taken away,
 * and what they are now is added. In one statement, which sees one state of the
 * database, so that it is no matter if some of them are counted meanwhile.
 *
 * @param options - `stale` is what `staleGroupsSql` named
 */
export function correctedSql(
  db: Knex,
  by: RollupDimension,
  options: { now: Instant; serviceIds: readonly number[]; stale: SqlPart },
): CountedGroups {
  const set = idSet(db, options.serviceIds);
  const isOf = (table: string): SqlPart => ({
    sql: set.includes(`${table}.service_id`),
    bindings: [set.binding],
  });
  const cells = CELL_COLUMNS.map(column => `counted.${column}`).join(', ');
  const exactCells = CELL_COLUMNS.map(column => `st.${column}`).join(', ');
  const exact = sql`select st.service_id, ${keyOfService(by)} as group_key,
      ${exactColumnsSql(db, { now: options.now, unsettled: 'many' })}
    from service_status st where ${isOf('st')}`;
  const corrections = sql`
    select ${keyOfCounted(db, by)} as group_key, ${cells}, -1 as weight
    from counted_services counted
    ${by === 'owner' ? ownersOf(db, 'counted.owners') : ''}
    where ${isOf('counted')}
    union all
    select ${
      by === 'owner' ? `coalesce(owning.owner_ref, '')` : 'st.group_key'
    }, ${exactCells}, 1
    from (${exact}) st
    ${
      by === 'owner'
        ? 'left join owned_services owning on owning.service_id = st.service_id'
        : ''
    }`;
  const figures = FIGURE_COLUMNS.join(', ');
  const sums = FIGURE_COLUMNS.map(column => `sum(${column}) as ${column}`);
  return {
    tables: [options.stale],
    areStored: false,
    rows: sql`select group_key, ${sums.join(', ')} from (
        ${countedSql(by)}
        union all
        select group_key, ${figures} from (
          ${pivotSql(corrections, 'weight')}
        ) corrected
      ) all_counted
      group by group_key`,
  };
}

function keyOfCounted(db: Knex, by: RollupDimension): string {
  switch (by) {
    case 'all':
      return `''`;
    case 'owner':
      return `coalesce(${ownerOf(db)}, '')`;
    default:
      return `coalesce(counted.${DIMENSION_COLUMNS[by]}, '')`;
  }
}
