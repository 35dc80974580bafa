import {
  MeasureState,
  rollupDimensionSchema,
  ServiceFilter,
  serviceFilterSchema,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { bound, isPostgres, sql, SqlPart } from '../database';
import { Counted, stateColumn } from '../rollups/figureColumns';
import { groupKey } from '../rollups/groupKeys';
import { Unsettled } from '../status';
import { Visibility } from '../visibility/Visibility';
import { leavesAll } from './leavesAll';

/** Beyond as many changes, to correct takes longer than to count anew. */
const FEW = 1000;

/** All services that were counted, corrected by the few that changed since. */
function allSql(db: Knex): string {
  const changed = 'select service_id from rollup_changes';
  // As an array, of which the planner expects few: they are found by their ids.
  const isChanged = isPostgres(db)
    ? `service_id = any(array(${changed}))`
    : `service_id in (${changed})`;
  return `case when ${String(FEW)} >= (
      select count(*) from (${changed} limit ${String(FEW + 1)}) changed
    ) then (select services from rollups where dimension = 'all')
      - (select count(*) from counted_services where ${isChanged})
      + (select count(*) from service_status where ${isChanged})
    end`;
}

/**
 * How many services a filter leaves, an expression: what was counted of a group,
 * where the filter asks for no more and nothing has changed since.
 *
 * @param from - where the services are otherwise counted
 */
export function totalSql(
  db: Knex,
  from: SqlPart,
  filter: ServiceFilter,
  options: { unsettled: Unsettled; visibility: Visibility },
): SqlPart {
  const count = sql`(select count(*) ${from})`;
  if (leavesAll(filter, options.visibility)) {
    // Mostly asked for, and while a sync runs, something has always changed.
    return sql`coalesce(${allSql(db)}, ${count})`;
  }
  const kept = keptSql(filter, options);
  return kept
    ? sql`coalesce(
        case when not exists (select 1 from rollup_changes) then ${kept} end,
        ${count})`
    : count;
}

/** Of one group at most, and of states as they are stored. */
function keptSql(
  filter: ServiceFilter,
  options: { unsettled: Unsettled; visibility: Visibility },
): SqlPart | undefined {
  const { unsettled, visibility } = options;
  if (visibility.kind !== 'all' || unsettled.length) return undefined;
  const { measure, state, ...others } = serviceFilterSchema.parse(filter);
  const [group, ...more] = Object.entries(others).filter(
    ([, value]) => value !== undefined,
  );
  if (more.length) return undefined;
  const counted = sql`select ${servicesSql(measure ?? 'service', state)}
    from rollups`;
  if (!group) return sql`(${counted} where dimension = 'all')`;
  const [name, values] = group;
  const dimension = rollupDimensionSchema.safeParse(name).data;
  if (!dimension || !Array.isArray(values) || values.length !== 1) {
    return undefined;
  }
  return sql`(${counted} where dimension = ${bound(dimension)}
    and group_key = ${bound(groupKey(dimension, values[0]))})`;
}

function servicesSql(of: Counted, states: MeasureState[] | undefined): string {
  return states
    ? [...new Set(states)].map(state => stateColumn(of, state)).join(' + ')
    : 'services';
}
