import {
  daysToClear,
  improvementShare,
  Instant,
  lastWeeks,
  Policy,
  starvedSince,
  TimeReport,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import {
  instantOf,
  queryRows,
  sql,
  SqlPart,
  StoredInstant,
  withTables,
} from '../database';
import { countTickets } from './countTickets';

/** How many weeks a report tells of. */
const WEEKS = 26;

/** Some services: those of status `st` that a condition names. */
export interface SomeServices {
  /** Named in front of the statement. */
  tables: readonly SqlPart[];
  condition: SqlPart;
}

/**
 * How some services spend their time, together; `undefined` where there are none.
 * Two queries, however many services and tickets there are.
 */
export async function readTimeReport(
  db: Knex,
  services: SomeServices,
  options: { now: Instant; policies: ReadonlyMap<string, Policy> },
): Promise<TimeReport | undefined> {
  const { now, policies } = options;
  const weeks = lastWeeks(now, { count: WEEKS });
  const [owners, counts] = await Promise.all([
    readPolicies(db, services),
    countTickets(db, services, { now, weeks }),
  ]);
  if (!owners.length) return undefined;

  const lastClosedAt = latest([
    counts.lastClosedAt,
    ...owners.map(({ last_closed_at: at }) => instantOf(at)),
  ]);
  const toClear = daysToClear(counts);
  return {
    weeks: weeks.map((from, week) => ({
      from: toIsoInstant(from),
      ...counts.weeks[week],
    })),
    openCount: counts.openCount,
    closed90d: counts.closed90d,
    allClosed90d: counts.allClosed90d,
    improvementShare90d: improvementShare(
      counts.closed90d,
      counts.allClosed90d,
    ),
    policyShare: commonShare(
      owners.map(({ policy_id: id }) => policies.get(id ?? '')),
    ),
    daysToClear: toClear === 'never' ? null : toClear,
    starvedSince: toIsoInstant(
      starvedSince(
        { oldestCreatedAt: counts.oldestCreatedAt, lastClosedAt },
        { now },
      ),
    ),
    asOf: toIsoInstant(now),
  };
}

/** The policies of the services, and when each last saw an improvement closed. */
function readPolicies(db: Knex, { condition, tables }: SomeServices) {
  const query = sql`${withTables(tables)}
    select st.policy_id, max(st.backlog_last_closed_at) as last_closed_at
    from service_status st where ${condition} group by st.policy_id`;
  return queryRows<{
    policy_id: string | null;
    last_closed_at: StoredInstant | null;
  }>(db, query.sql, query.bindings);
}

/** What all policies ask for; `null` where one asks for another share. */
function commonShare(policies: (Policy | undefined)[]): number | null {
  const [first = null, ...others] = new Set(
    policies.map(policy => policy?.backlog?.improvementShare ?? null),
  );
  return others.length ? null : first;
}

function latest(instants: (Instant | null)[]): Instant | null {
  const known = instants.filter(instant => instant !== null);
  return known.length ? Math.max(...known) : null;
}
