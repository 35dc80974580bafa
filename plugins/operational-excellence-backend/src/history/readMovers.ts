import {
  ATTENTION_STATES,
  MEASURE_STATES,
  MEASURES,
  Mover,
  MoversQuery,
  RollupDimension,
  StatesOfMeasures,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { allOf, bound, queryRows, sql, SqlPart, withTables } from '../database';
import { visibleConditions, visibleTables } from '../services/visibleServices';
import { Visibility } from '../visibility/Visibility';
import { Day, isoDay } from './days';
import {
  groupKeysTable,
  standingGroupJoin,
  standingPointJoin,
} from './latestPoints';

/** Two days that are compared. */
export interface ComparedDays {
  from: Day;
  to: Day;
}

/** How a group stood on a day. */
interface Standing {
  services: number;
  attention: number;
  states: StatesOfMeasures;
}

interface Compared {
  key: string | null;
  title: string | null;
  before: Standing;
  after: Standing;
}

/** Ranks of states that need attention are below it. */
const ATTENTION_RANKS = ATTENTION_STATES.length;

/** The last day that was observed, and the one that it is compared with. */
export async function readComparedDays(
  db: Knex,
  { days }: Pick<MoversQuery, 'days'>,
): Promise<ComparedDays | undefined> {
  const [{ last }] = await queryRows<{ last: Day | null }>(
    db,
    `select max(day) as last from observed_days
     where finished_at is not null`,
  );
  if (last === null) return undefined;
  const [{ first }] = await queryRows<{ first: Day }>(
    db,
    `select min(day) as first from observed_days
     where finished_at is not null and day >= ?`,
    [last - days],
  );
  return { from: first, to: last };
}

/** The groups that moved, the most first. */
export async function readMovingGroups(
  db: Knex,
  by: RollupDimension,
  { from, to }: ComparedDays,
): Promise<Record<'improved' | 'worsened', Mover[]>> {
  const query = sql`with ${groupKeysTable(by)}
    select keys.key, related.title,
      before.services as services_before, before.attention as attention_before,
      before.states as states_before, after.services as services_after,
      after.attention as attention_after, after.states as states_after
    from keys
    ${standingGroupJoin(db, by, { as: 'before', day: from })}
    ${standingGroupJoin(db, by, { as: 'after', day: to })}
    left join related_entities related on related.entity_ref = keys.key
    where before.services > 0 and after.services > 0
      and (before.attention <> after.attention
        or before.services <> after.services)`;
  const rows = await queryRows<{
    key: string;
    title: string | null;
    services_before: number;
    attention_before: number;
    states_before: string;
    services_after: number;
    attention_after: number;
    states_after: string;
  }>(db, query.sql, query.bindings);
  const movers = rows.map(row => {
    const key = row.key === '' ? null : row.key;
    return moverOf(
      {
        key,
        title: row.title ?? key,
        before: {
          services: row.services_before,
          attention: row.attention_before,
          states: JSON.parse(row.states_before),
        },
        after: {
          services: row.services_after,
          attention: row.attention_after,
          states: JSON.parse(row.states_after),
        },
      },
      { from, to },
    );
  });
  return {
    improved: movers.filter(({ change }) => change < 0).sort(byChange),
    worsened: movers.filter(({ change }) => change > 0).sort(byChange),
  };
}

/**
 * The services that moved into the states that need attention, or out of them;
 * at most `limit` of each.
 */
export async function readMovingServices(
  db: Knex,
  visibility: Visibility,
  { from, limit, to }: ComparedDays & { limit: number },
): Promise<Record<'improved' | 'worsened', Mover[]>> {
  const query = movingServicesSql(db, visibility, { from, to, limit });
  const rows = await queryRows<MovingServiceRow>(db, query.sql, query.bindings);
  const moversOf = (direction: MovingServiceRow['direction']) =>
    rows
      .filter(row => row.direction === direction)
      .map(row => moverOf(comparedService(row), { from, to }));
  return { improved: moversOf('improved'), worsened: moversOf('worsened') };
}

type Prefixed<Prefix extends string> = Record<
  `${Prefix}_${'service' | 'backlog' | 'game_day' | 'readiness'}`,
  number
>;

type MovingServiceRow = Prefixed<'before'> &
  Prefixed<'after'> & {
    entity_ref: string;
    title: string;
    direction: 'improved' | 'worsened';
  };

/**
 * Only services with a point between the two days can have moved. Those that left
 * the worst states or came into them are first.
 */
function movingServicesSql(
  db: Knex,
  visibility: Visibility,
  options: ComparedDays & { limit: number },
): SqlPart {
  const { from, limit, to } = options;
  const changed = sql`changed as materialized (
    select distinct service_id from service_points
    where day > ${bound(from)} and day <= ${bound(to)})`;
  const columns = ['before', 'after'].map(
    day => `${day}.state_rank as ${day}_service,
      ${day}.backlog_rank as ${day}_backlog,
      ${day}.game_day_rank as ${day}_game_day,
      ${day}.readiness_rank as ${day}_readiness`,
  );
  const needed = `before.state_rank < ${ATTENTION_RANKS}`;
  const needs = `after.state_rank < ${ATTENTION_RANKS}`;
  const moved = sql`moved as materialized (
    select st.service_id, st.entity_ref, st.title, ${columns.join(', ')},
      case when ${needs} then 'worsened' else 'improved' end as direction
    from changed join service_status st on st.service_id = changed.service_id
    ${standingPointJoin(db, 'changed.service_id', { as: 'before', day: from })}
    ${standingPointJoin(db, 'changed.service_id', { as: 'after', day: to })}
    where ${allOf([
      sql`(${needed}) <> (${needs})`,
      ...visibleConditions(visibility),
    ])})`;
  const ofDirection = (direction: string, rank: string) =>
    sql`select * from (
      select * from moved where direction = '${direction}'
      order by ${rank}, title, service_id limit ${bound(limit)}
    ) ${direction}`;
  return sql`${withTables([...visibleTables(db, visibility), changed, moved])}
    ${ofDirection('improved', 'before_service')}
    union all
    ${ofDirection('worsened', 'after_service')}`;
}

function comparedService(row: MovingServiceRow): Compared {
  const standing = (day: 'before' | 'after'): Standing => ({
    services: 1,
    attention: row[`${day}_service`] < ATTENTION_RANKS ? 1 : 0,
    states: {
      service: oneIn(row[`${day}_service`]),
      backlog: oneIn(row[`${day}_backlog`]),
      gameDay: oneIn(row[`${day}_game_day`]),
      readinessTest: oneIn(row[`${day}_readiness`]),
    },
  });
  return {
    key: row.entity_ref,
    title: row.title,
    before: standing('before'),
    after: standing('after'),
  };
}

function oneIn(rank: number) {
  return { [MEASURE_STATES[rank]]: 1 };
}

function moverOf(
  { after, before, key, title }: Compared,
  { from, to }: ComparedDays,
): Mover {
  const change =
    after.attention / after.services - before.attention / before.services;
  return {
    key,
    title,
    before: {
      day: isoDay(from),
      services: before.services,
      attention: before.attention,
    },
    after: {
      day: isoDay(to),
      services: after.services,
      attention: after.attention,
    },
    change,
    reasons: reasonsOf(before.states, after.states, change),
  };
}

/** Which states that need attention changed in the direction of the whole. */
function reasonsOf(
  before: StatesOfMeasures,
  after: StatesOfMeasures,
  change: number,
): Mover['reasons'] {
  return MEASURES.flatMap(measure =>
    ATTENTION_STATES.map(state => ({
      measure,
      state,
      before: before[measure][state] ?? 0,
      after: after[measure][state] ?? 0,
    })),
  )
    .filter(reason => (reason.after - reason.before) * change > 0)
    .sort(
      (a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before),
    );
}

/** The greatest change first; of equal ones, that of the most services. */
function byChange(a: Mover, b: Mover) {
  return (
    Math.abs(b.change) - Math.abs(a.change) ||
    Math.abs(b.after.attention - b.before.attention) -
      Math.abs(a.after.attention - a.before.attention) ||
    ((a.key ?? '') < (b.key ?? '') ? -1 : 1)
  );
}
