import { Instant } from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { bound, isPostgres, sql, SqlPart } from '../database';
import { CELL_COLUMNS, exactColumnsSql } from '../rollups/groupCounts';
import { staleGroupsSql } from '../status';
import { COUNTS_WHILE_OPEN } from '../tickets/ticketRows';
import { Day } from './days';
import { standingPointJoin } from './latestPoints';
import { FLOWS, SERVICE_LEVELS } from './pointRows';

/** No service has a greater id. */
const MAX_ID = 2 ** 31 - 1;

/** Some services by their ids; `to` is one of them, `after` is not. */
export interface ServiceRange {
  after: number;
  to: number;
}

/**
 * Takes how some services stand now, and writes points for those that changed
 * since their last one.
 */
export async function takeServices(
  tx: Knex.Transaction,
  range: ServiceRange,
  options: { day: Day; now: Instant },
): Promise<void> {
  for (const statement of [
    takenServicesSql(tx, range, options),
    takenBacklogsSql(tx, range),
    newPointsSql(tx, range, options.day),
  ]) {
    await tx.raw(statement.sql, statement.bindings);
  }
}

/** Writes points of what was taken of all services, where that is new. */
export async function takePoints(
  tx: Knex.Transaction,
  day: Day,
): Promise<void> {
  const all = { after: 0, to: MAX_ID };
  const statement = newPointsSql(tx, all, day);
  await tx.raw(statement.sql, statement.bindings);
}

const DIMENSIONS = ['system_ref', 'domain_ref', 'tier', 'lifecycle', 'type'];

function takenServicesSql(
  db: Knex,
  range: ServiceRange,
  options: { day: Day; now: Instant },
): SqlPart {
  const { now } = options;
  const columns = [
    'service_id',
    ...DIMENSIONS,
    ...CELL_COLUMNS,
    'oldest_created_at',
    'median_created_at',
    ...FLOWS,
  ];
  return sql`insert into taken_services (${columns.join(', ')})
    with ${staleGroupsSql({ now })}
    select st.service_id, ${DIMENSIONS.map(name => `st.${name}`).join(', ')},
      ${exactColumnsSql(db, { now, unsettled: 'many' })},
      st.backlog_oldest_created_at, st.backlog_median_created_at,
      coalesce(events.game_days, 0), coalesce(events.tests, 0)
    from service_status st
    left join (
      select service_id,
        sum(case when kind = 'test' then 0 else 1 end) as game_days,
        sum(case when kind = 'test' then 1 else 0 end) as tests
      from counted_events where day = ${bound(options.day)} group by service_id
    ) events on events.service_id = st.service_id
    where ${inRange('st.service_id', range)}`;
}

function takenBacklogsSql(db: Knex, range: ServiceRange): SqlPart {
  // As for the tickets that count: looked up one by one.
  const tickets = isPostgres(db)
    ? `cross join lateral (
         select * from tickets where tickets.id = m.ticket_id offset 0) t`
    : 'join tickets t on t.id = m.ticket_id';
  return sql`insert into taken_backlogs (service_id, created_at)
    select m.service_id, t.created_at
    from ticket_matches m ${tickets}
    where ${inRange('m.service_id', range)}
      and m.counts_until = ${bound(COUNTS_WHILE_OPEN)}`;
}

/** A service that is no more has a last point, without states. */
function newPointsSql(db: Knex, range: ServiceRange, day: Day): SqlPart {
  const isNullable = (name: string) => /_(rank|created_at)$/.test(name);
  const values = [...SERVICE_LEVELS, ...FLOWS].map(name =>
    isNullable(name) ? `taken.${name}` : `coalesce(taken.${name}, 0)`,
  );
  const changed = [
    'last.service_id is null',
    ...SERVICE_LEVELS.map(
      name => `taken.${name} is distinct from last.${name}`,
    ),
    ...FLOWS.map(name => `taken.${name} > 0`),
  ];
  const columns = ['service_id', 'day', ...SERVICE_LEVELS, ...FLOWS];
  return sql`insert into service_points (${columns.join(', ')})
    select s.id, ${bound(day)}, ${values.join(', ')}
    from services s
    left join taken_services taken on taken.service_id = s.id
    ${standingPointJoin(db, 's.id', { as: 'last', day: day - 1 })}
    where ${inRange('s.id', range)} and case
      when taken.service_id is null then last.state_rank is not null
      else ${changed.join(' or ')} end`;
}

function inRange(column: string, { after, to }: ServiceRange): SqlPart {
  return sql`${column} > ${bound(after)} and ${column} <= ${bound(to)}`;
}
