import {
  ATTENTION_STATES,
  RollupDimension,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import {
  batchesOf,
  insertSql,
  instantOf,
  isPostgres,
  isSameRow,
  queryRows,
  sql,
  SqlPart,
  StoredInstant,
} from '../database';
import { FigureRow, figuresOf } from '../rollups/figureColumns';
import {
  CELL_COLUMNS,
  DIMENSION_COLUMNS,
  pivotSql,
} from '../rollups/groupCounts';
import { Day } from './days';
import { groupKeysTable, standingGroupJoin } from './latestPoints';
import {
  FLOWS,
  groupLevelColumns,
  GroupLevels,
  GroupPointRow,
  groupPointColumns,
  StoredGroupPoint,
} from './pointRows';

/** How many points one statement writes. */
const WRITTEN_AT_ONCE = 1_000;

/** The last point of a group whose services are gone. */
const NO_SERVICES: Omit<GroupPointRow, 'dimension' | 'key' | 'day'> = {
  services: 0,
  attention: 0,
  states: JSON.stringify({
    service: {},
    backlog: {},
    gameDay: {},
    readinessTest: {},
  }),
  open_count: 0,
  starved: 0,
  closed_90d: 0,
  all_closed_90d: 0,
  oldest_created_at: null,
  median_created_at: null,
  game_days_held: 0,
  tests_passed: 0,
};

/**
 * Sums up by group what was taken of the services, and writes points for the
 * groups that changed since their last one.
 */
export async function takeGroups(
  tx: Knex.Transaction,
  by: RollupDimension,
  options: { day: Day },
): Promise<void> {
  const { day } = options;
  const points = await sumUp(tx, by, day);
  const lasts = await readLast(tx, by, day - 1);
  const changed = [...points.values()].filter(point => {
    const last = lasts.get(point.key);
    return (
      !last ||
      FLOWS.some(name => point[name] > 0) ||
      !isSameRow<GroupLevels>(last, point, groupLevelColumns)
    );
  });
  for (const [key, last] of lasts) {
    if (Number(last.services) > 0 && !points.has(key)) {
      changed.push({ ...NO_SERVICES, dimension: by, key, day });
    }
  }
  for (const batch of batchesOf(changed, WRITTEN_AT_ONCE)) {
    await tx.raw(insertSql(tx, 'group_points', groupPointColumns), [
      JSON.stringify(batch),
    ]);
  }
}

async function sumUp(db: Knex, by: RollupDimension, day: Day) {
  const counts = await query<FigureRow & { group_key: string }>(
    db,
    pivotSql(taken(by, CELL_COLUMNS)),
  );
  const backlogs = new Map(
    (await query<BacklogRow>(db, backlogsSql(db, by))).map(row => [
      row.group_key,
      row,
    ]),
  );
  const flows = new Map(
    (await query<FlowRow>(db, flowsSql(by))).map(row => [row.group_key, row]),
  );
  const points = new Map<string, GroupPointRow>();
  for (const row of counts) {
    const { group_key: key } = row;
    const figures = figuresOf(row);
    const backlog = backlogs.get(key);
    const flow = flows.get(key);
    points.set(key, {
      dimension: by,
      key,
      day,
      services: figures.services,
      attention: ATTENTION_STATES.reduce(
        (sum, state) => sum + (figures.states.service[state] ?? 0),
        0,
      ),
      states: JSON.stringify(figures.states),
      open_count: figures.openCount,
      starved: figures.starved,
      closed_90d: figures.closed90d,
      all_closed_90d: figures.allClosed90d,
      oldest_created_at: instantOf(backlog?.oldest_created_at ?? null),
      median_created_at: instantOf(backlog?.median_created_at ?? null),
      game_days_held: Number(flow?.game_days_held ?? 0),
      tests_passed: Number(flow?.tests_passed ?? 0),
    });
  }
  return points;
}

/** What was taken of each service, with the group that it belongs to. */
function taken(by: RollupDimension, columns: readonly string[]): SqlPart {
  const names = columns.map(name => `taken.${name}`).join(', ');
  switch (by) {
    case 'all':
      return sql`select '' as group_key, ${names} from taken_services taken`;
    case 'owner':
      return sql`select coalesce(owning.owner_ref, '') as group_key, ${names}
        from taken_services taken
        left join owned_services owning
          on owning.service_id = taken.service_id`;
    default:
      return sql`select coalesce(taken.${DIMENSION_COLUMNS[by]}, '')
          as group_key, ${names}
        from taken_services taken`;
  }
}

interface BacklogRow {
  group_key: string;
  oldest_created_at: StoredInstant;
  median_created_at: StoredInstant;
}

/** Nearest rank by age, as `backlogOf` of common has it. */
function backlogsSql(db: Knex, by: RollupDimension): SqlPart {
  const improvements = sql`select services.group_key, backlogs.created_at
    from (${taken(by, ['service_id'])}) services
    join taken_backlogs backlogs on backlogs.service_id = services.service_id`;
  if (isPostgres(db)) {
    return sql`select group_key, min(created_at) as oldest_created_at,
        percentile_disc(0.5) within group (order by created_at desc)
          as median_created_at
      from (${improvements}) improvements group by group_key`;
  }
  return sql`select group_key, min(created_at) as oldest_created_at,
      max(case when place = (total + 1) / 2 then created_at end)
        as median_created_at
    from (
      select group_key, created_at,
        row_number() over (
          partition by group_key order by created_at desc) as place,
        count(*) over (partition by group_key) as total
      from (${improvements}) improvements
    ) ranked group by group_key`;
}

interface FlowRow {
  group_key: string;
  game_days_held: number | string;
  tests_passed: number | string;
}

function flowsSql(by: RollupDimension): SqlPart {
  return sql`select group_key, sum(game_days_held) as game_days_held,
      sum(tests_passed) as tests_passed
    from (${taken(by, FLOWS)}) services
    where game_days_held > 0 or tests_passed > 0
    group by group_key`;
}

/** The point of each group that stands on a day. */
async function readLast(db: Knex, by: RollupDimension, day: Day) {
  const rows = await query<StoredGroupPoint>(
    db,
    sql`with ${groupKeysTable(by)}
      select last.* from keys
      ${standingGroupJoin(db, by, { as: 'last', day })}
      where last.key is not null`,
  );
  return new Map(rows.map(row => [row.key, row]));
}

function query<T>(db: Knex, statement: SqlPart): Promise<T[]> {
  return queryRows<T>(db, statement.sql, statement.bindings);
}
