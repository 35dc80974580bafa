import {
  Instant,
  MEASURE_STATES,
  RollupDimension,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { isPostgres, sql, SqlPart } from '../database';
import { starvedCondition } from '../services/serviceFilters';
import { rankSql, Unsettled } from '../status';
import {
  COUNTED,
  FIGURE_COLUMNS,
  RANK_COLUMNS,
  stateColumn,
  SUM_COLUMNS,
} from './figureColumns';

/** How the services of a group are told; of owners, a table of its own knows. */
export const DIMENSION_COLUMNS: Record<
  Exclude<RollupDimension, 'all' | 'owner'>,
  string
> = {
  system: 'system_ref',
  domain: 'domain_ref',
  tier: 'tier',
  lifecycle: 'lifecycle',
  type: 'type',
};

/** The figures of groups, a row each. */
export interface CountedGroups {
  /** Named in front of the statement. */
  tables: SqlPart[];
  rows: SqlPart;
  /** Whether a single group is looked up, and none has to be counted for it. */
  areStored: boolean;
}

/** What is read of each service, to be summed up. */
export const CELL_COLUMNS: readonly string[] = [
  ...Object.values(RANK_COLUMNS),
  ...SUM_COLUMNS,
];

/**
 * Services that are to be counted, a row each: their `service_id`, their
 * `DIMENSION_COLUMNS` and their `CELL_COLUMNS`.
 */
export interface ServiceRows {
  /** The table that they are named as in front of the statement. */
  name: string;
  /** Whether they have a column `owners`; else `owned_services` knows those. */
  haveOwners: boolean;
}

/**
 * The figures of each group: a select of `group_key`, which is empty for
 * services of none, and of `FIGURE_COLUMNS`. Groups without services are not
 * among them.
 */
export function groupFiguresSql(
  db: Knex,
  by: RollupDimension,
  { haveOwners, name }: ServiceRows,
): SqlPart {
  const cells = CELL_COLUMNS.map(column => `st.${column}`).join(', ');
  if (by !== 'owner') {
    return pivotSql(
      sql`select ${keyOfService(by)} as group_key, ${cells} from ${name} st`,
    );
  }
  if (!haveOwners) {
    return pivotSql(sql`
      select coalesce(owning.owner_ref, '') as group_key, ${cells}
      from ${name} st left join owned_services owning
        on owning.service_id = st.service_id`);
  }
  // Per set of owners first, of which there are few.
  const sums = FIGURE_COLUMNS.map(column =>
    sumSql(`together.${column}`, column),
  );
  return sql`select coalesce(${ownerOf(db)}, '') as group_key,
      ${sums.join(', ')}
    from (
      ${pivotSql(sql`select st.owners as group_key, ${cells} from ${name} st`)}
    ) together ${ownersOf(db, 'together.group_key')}
    group by coalesce(${ownerOf(db)}, '')`;
}

/** How many services each group has: a select of `group_key` and `services`. */
export function groupSizesSql(
  db: Knex,
  by: RollupDimension,
  { haveOwners, name }: ServiceRows,
): SqlPart {
  if (by !== 'owner') {
    return sql`select ${keyOfService(by)} as group_key, count(*) as services
      from ${name} st group by ${keyOfService(by)}`;
  }
  return haveOwners
    ? sql`select coalesce(${ownerOf(db)}, '') as group_key,
        sum(together.services) as services
      from (
        select st.owners, count(*) as services from ${name} st group by st.owners
      ) together ${ownersOf(db, 'together.owners')}
      group by coalesce(${ownerOf(db)}, '')`
    : sql`select coalesce(owning.owner_ref, '') as group_key,
        count(*) as services
      from ${name} st left join owned_services owning
        on owning.service_id = st.service_id
      group by coalesce(owning.owner_ref, '')`;
}

/** What is counted of status `st` as of now, as `CELL_COLUMNS`. */
export function exactColumnsSql(
  db: Knex,
  options: { now: Instant; unsettled: Unsettled },
): SqlPart {
  const ranks = COUNTED.map(
    of => sql`${rankSql(db, of, options)} as ${RANK_COLUMNS[of]}`,
  );
  return sql`${ranks[0]}, ${ranks[1]}, ${ranks[2]}, ${ranks[3]},
    st.backlog_open_count as open_count,
    case when ${starvedCondition(options.now)} then 1 else 0 end as starved,
    st.backlog_closed_90d as closed_90d,
    st.backlog_all_closed_90d as all_closed_90d`;
}

/**
 * Sums up rows of services, each with its `group_key` and `CELL_COLUMNS`. They
 * are counted per combination of states first, of which there are few: to sum up
 * each state over all rows would take several times as long.
 *
 * @param weight - how often each row counts, an expression
 */
export function pivotSql(rows: SqlPart, weight: string = '1'): SqlPart {
  const ranks = Object.values(RANK_COLUMNS).join(', ');
  const cells = [
    sumSql(weight, 'services'),
    ...SUM_COLUMNS.map(column => sumSql(`${column} * ${weight}`, column)),
  ];
  const figures = [
    sumSql('services', 'services'),
    ...COUNTED.flatMap(of =>
      MEASURE_STATES.map((state, rank) =>
        sumSql(
          `case when ${RANK_COLUMNS[of]} = ${String(
            rank,
          )} then services else 0 end`,
          stateColumn(of, state),
        ),
      ),
    ),
    ...SUM_COLUMNS.map(column => sumSql(column, column)),
  ];
  return sql`select group_key, ${figures.join(', ')}
    from (
      select group_key, ${ranks}, ${cells.join(', ')}
      from (${rows}) of_groups
      group by group_key, ${ranks}
    ) cells
    group by group_key`;
}

/** Of integers an integer: what PostgreSQL makes of it is slower to add up. */
function sumSql(expression: string, name: string) {
  return `cast(sum(${expression}) as integer) as ${name}`;
}

/** The key of the group that service `st` is in; an empty one for owners. */
export function keyOfService(by: RollupDimension): string {
  return by === 'all' || by === 'owner'
    ? `''`
    : `coalesce(st.${DIMENSION_COLUMNS[by]}, '')`;
}

/** Joins the owners that a JSON array names, each as `ownerOf`; null for none. */
export function ownersOf(db: Knex, array: string): string {
  return isPostgres(db)
    ? `left join lateral json_array_elements_text(${array}::json)
         as owner(ref) on true`
    : `left join json_each(${array}) as owner on true`;
}

export function ownerOf(db: Knex): string {
  return isPostgres(db) ? 'owner.ref' : 'owner.value';
}
