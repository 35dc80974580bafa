import {
  Instant,
  MEASURE_STATES,
  RollupDimension,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { sql, SqlPart } from '../database';
import { starvedCondition } from '../services/serviceFilters';
import { rankSql, Unsettled } from '../status';
import {
  COUNTED,
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
 * The figures of each group, counted from the status rows as of now: a select of
 * `group_key`, which is empty for services of none, and of `FIGURE_COLUMNS`.
 * Groups without services are not among them. Needs `staleGroupsSql` named in
 * front of the statement, unless none is unsettled.
 *
 * @param condition - which services count, over status `st`
 */
export function groupCountsSql(
  db: Knex,
  by: RollupDimension,
  options: { condition: SqlPart; now: Instant; unsettled: Unsettled },
): SqlPart {
  const services = sql`select st.service_id, ${exactColumnsSql(db, options)},
      ${keyOfStatus(by)} as group_key
    from service_status st where ${options.condition}`;
  const grouped =
    by === 'owner'
      ? sql`select coalesce(owning.owner_ref, '') as group_key,
          ${CELL_COLUMNS.map(column => `of_services.${column}`).join(', ')}
        from of_services left join owned_services owning
          on owning.service_id = of_services.service_id`
      : sql`select * from of_services`;
  return sql`with of_services as materialized (${services})
    ${pivotSql(sql`${grouped}`)}`;
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

/** The key of the group that status `st` is in; an empty one for owners. */
export function keyOfStatus(by: RollupDimension): string {
  return by === 'all' || by === 'owner'
    ? `''`
    : `coalesce(st.${DIMENSION_COLUMNS[by]}, '')`;
}
