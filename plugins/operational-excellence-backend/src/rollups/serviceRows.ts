import { Instant } from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { isPostgres, sql, SqlPart } from '../database';
import { Unsettled } from '../status';
import {
  CELL_COLUMNS,
  DIMENSION_COLUMNS,
  exactColumnsSql,
} from './groupCounts';

const dimensions = Object.values(DIMENSION_COLUMNS)
  .map(column => `st.${column}`)
  .join(', ');

/**
 * Services with what is to be counted of them as of now, from their status `st`.
 * Needs `staleGroupsSql` named in front of the statement, unless none is
 * unsettled.
 */
export function statusRowsSql(
  db: Knex,
  condition: SqlPart,
  options: { now: Instant; unsettled: Unsettled },
): SqlPart {
  return sql`select st.service_id, ${dimensions},
      ${exactColumnsSql(db, options)}
    from service_status st where ${condition}`;
}

/**
 * The same from what was counted last, which takes a fraction of it and has the
 * owners beside it; of the few services that changed since, from their status. In
 * one statement, which sees one state of the database. Needs `staleGroupsSql`
 * named in front of it where there are such services.
 *
 * @param condition - of `st`, which has an id and `DIMENSION_COLUMNS`
 */
export function keptRowsSql(
  db: Knex,
  condition: SqlPart,
  options: { now: Instant; changed: readonly number[] },
): SqlPart {
  const cells = CELL_COLUMNS.map(column => `st.${column}`).join(', ');
  const kept = sql`select st.service_id, ${dimensions}, ${cells}, st.owners
    from counted_services st where ${condition}`;
  const { changed, now } = options;
  if (!changed.length) return kept;
  const ids: SqlPart = isPostgres(db)
    ? { sql: 'select unnest(?::int[])', bindings: [`{${changed.join(',')}}`] }
    : {
        sql: 'select value from json_each(?)',
        bindings: [JSON.stringify(changed)],
      };
  return sql`${kept} and st.service_id not in (${ids})
    union all
    select st.service_id, ${dimensions},
      ${exactColumnsSql(db, { now, unsettled: 'many' })},
      (select ${ownersArraySql(db)} from owned_services owning
        where owning.service_id = st.service_id)
    from service_status st
    where ${condition} and st.service_id in (${ids})`;
}

function ownersArraySql(db: Knex): string {
  return isPostgres(db)
    ? `coalesce(json_agg(owning.owner_ref), '[]')::text`
    : 'json_group_array(owning.owner_ref)';
}
