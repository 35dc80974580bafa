import {
  DAY_MS,
  Instant,
  WEEK_MS,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import {
  bound,
  isPostgres,
  queryRows,
  sql,
  StoredInstant,
  withTables,
} from '../database';
import { SomeServices } from './readTimeReport';

/** For how long a ticket counts after its last event. */
const COUNTED_MS = 90 * DAY_MS;

export interface TicketCounts {
  /** One for each week that was asked for. */
  weeks: { opened: number; closed: number; otherClosed: number }[];
  openCount: number;
  /** When the oldest open improvement was created. */
  oldestCreatedAt: Instant | null;
  closed90d: number;
  allClosed90d: number;
  /** When an improvement was last closed, if that was within the weeks. */
  lastClosedAt: Instant | null;
}

interface CountRow {
  what: 'opened' | 'closed' | 'otherClosed' | 'open' | 'recent';
  /** The number of the week; of what is not counted by week, none. */
  week: number | null;
  /** Of `recent`, improvements. */
  tickets: number | string;
  /** Of `recent`, all tickets. */
  others: number | string | null;
  at: StoredInstant | null;
}

/**
 * Counts the tickets of some services together, each once, however many of the
 * services it belongs to. The database counts: a group has hundreds of thousands.
 */
export async function countTickets(
  db: Knex,
  services: SomeServices,
  options: { now: Instant; weeks: readonly Instant[] },
): Promise<TicketCounts> {
  const { weeks } = options;
  const begin = bound(weeks[0]);
  const now = bound(options.now);
  const recent = bound(options.now - COUNTED_MS);
  // What happened before the weeks, only counts while it is open. Inclusive: a
  // ticket counts until the moment that lies so long after its last event.
  const counted = bound(weeks[0] + COUNTED_MS);
  const weekOf = (at: string) =>
    sql`cast((${at} - ${begin}) / ${String(WEEK_MS)} as integer)`;

  // As where backlogs are read: PostgreSQL would rather read all tickets.
  const tickets = isPostgres(db)
    ? `cross join lateral (
        select * from tickets where tickets.id = ids.ticket_id offset 0) t`
    : 'join tickets t on t.id = ids.ticket_id';

  const query = sql`${withTables([
    ...services.tables,
    sql`ids as (
      select distinct m.ticket_id
      from service_status st join ticket_matches m
        on m.service_id = st.service_id and m.counts_until >= ${counted}
      where ${services.condition}
    )`,
    sql`counted as materialized (
      select t.improvement, t.state, t.created_at, t.closed_at
      from ids ${tickets}
    )`,
  ])}
    select 'opened' as what, ${weekOf('created_at')} as week,
      count(*) as tickets,
      cast(null as bigint) as others, cast(null as bigint) as at
    from counted
    where improvement and created_at >= ${begin} and created_at <= ${now}
    group by 2
    union all
    select case when improvement then 'closed' else 'otherClosed' end,
      ${weekOf('closed_at')}, count(*), null,
      max(case when improvement then closed_at end)
    from counted
    where state = 'done' and closed_at >= ${begin} and closed_at <= ${now}
    group by 1, 2
    union all
    select 'open', null, count(*), null, min(created_at)
    from counted where improvement and state <> 'done'
    union all
    select 'recent', null, count(case when improvement then 1 end), count(*),
      null
    from counted
    where state = 'done' and closed_at > ${recent} and closed_at <= ${now}`;
  const rows = await queryRows<CountRow>(db, query.sql, query.bindings);
  return countsOf(rows, weeks.length);
}

function countsOf(rows: readonly CountRow[], weekCount: number): TicketCounts {
  const counts: TicketCounts = {
    weeks: Array.from({ length: weekCount }, () => ({
      opened: 0,
      closed: 0,
      otherClosed: 0,
    })),
    openCount: 0,
    oldestCreatedAt: null,
    closed90d: 0,
    allClosed90d: 0,
    lastClosedAt: null,
  };
  for (const { at, others, tickets, week, what } of rows) {
    const instant = at === null ? null : Number(at);
    switch (what) {
      case 'open':
        counts.openCount = Number(tickets);
        counts.oldestCreatedAt = instant;
        break;
      case 'recent':
        counts.closed90d = Number(tickets);
        counts.allClosed90d = Number(others);
        break;
      default:
        counts.weeks[Number(week)][what] = Number(tickets);
        if (what === 'closed' && instant !== null) {
          counts.lastClosedAt = Math.max(counts.lastClosedAt ?? 0, instant);
        }
    }
  }
  return counts;
}
