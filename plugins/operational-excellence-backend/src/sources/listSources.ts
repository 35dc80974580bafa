import {
  Instant,
  Source,
  SourceHealth,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { instantOf, queryRows, StoredInstant } from '../database';
import { Visibility } from '../visibility/Visibility';
import { counts } from './counts';
import { HEALTHS, HEALTH_SQL } from './healthSql';
import { countProblems } from './listProblems';
import {
  rateLimitBindings,
  rateLimitOf,
  RateLimitRow,
  RATE_LIMIT_COLUMNS,
  RATE_LIMIT_HOLDS_SQL,
} from './rateLimitSql';
import { ConnectedSource, SourceRegistry } from './SourceRegistry';
import { NAMED_SCOPES_SQL, visibleServices } from './visibleServices';

interface HealthRow {
  source_id: string;
  health: SourceHealth;
  scopes: number | string;
  checked_at: StoredInstant | null;
  next_run_at: StoredInstant;
}

interface TotalsRow {
  source_id: string;
  rows: number | string;
  requests: number | string;
  requests_since: StoredInstant | null;
}

interface ErrorRow {
  source_id: string;
  title: string;
  last_error: string;
  last_error_at: StoredInstant;
  failing_since: StoredInstant;
}

interface SourceFacts {
  now: Instant;
  healths: HealthRow[];
  totals: TotalsRow | undefined;
  rateLimit: RateLimitRow | undefined;
  error: ErrorRow | undefined;
  services: number;
  problems: number;
}

/** All connected sources; services are counted as far as they are visible. */
export async function listSources(
  db: Knex,
  sources: SourceRegistry,
  options: { visibility: Visibility; now: Instant },
): Promise<Source[]> {
  const { now, visibility } = options;
  const [healths, totals, rateLimits, errors, services, problems] =
    await Promise.all([
      readHealths(db, now),
      readTotals(db),
      readTightestRateLimits(db, now),
      readNewestErrors(db),
      countServices(db, visibility),
      countProblems(db, visibility).then(counts),
    ]);
  return sources.all().map(connected => {
    const isOf = (row: { source_id: string }) => row.source_id === connected.id;
    return toSource(connected, {
      now,
      healths: healths.filter(isOf),
      totals: totals.find(isOf),
      rateLimit: rateLimits.find(isOf),
      error: errors.find(isOf),
      services: services.get(connected.id) ?? 0,
      problems: problems.get(connected.id) ?? 0,
    });
  });
}

function readHealths(db: Knex, now: Instant): Promise<HealthRow[]> {
  return queryRows(
    db,
    `select source_id, health, count(*) as scopes,
      min(last_success_at) as checked_at, min(next_run_at) as next_run_at
    from (
      select source_id, last_success_at, next_run_at, ${HEALTH_SQL} as health
      from scopes where active
    ) as judged
    group by source_id, health`,
    [now],
  );
}

function readTotals(db: Knex): Promise<TotalsRow[]> {
  return queryRows(
    db,
    `select source_id, sum(rows_total) as rows, sum(requests_total) as requests,
      min(requests_since) as requests_since
    from scopes group by source_id`,
  );
}

function readTightestRateLimits(
  db: Knex,
  now: Instant,
): Promise<(RateLimitRow & { source_id: string })[]> {
  return queryRows(
    db,
    `select * from (
      select source_id, ${RATE_LIMIT_COLUMNS}, row_number() over (
        partition by source_id order by rate_remaining, rate_noted_at desc, id
      ) as place
      from scopes where active and ${RATE_LIMIT_HOLDS_SQL}
    ) as limits
    where place = 1`,
    rateLimitBindings(now),
  );
}

function readNewestErrors(db: Knex): Promise<ErrorRow[]> {
  return queryRows(
    db,
    `select * from (
      select source_id, title, last_error, last_error_at, failing_since,
        row_number() over (
          partition by source_id order by last_error_at desc, id
        ) as place
      from scopes where active and failing_since is not null
    ) as failing
    where place = 1`,
  );
}

async function countServices(db: Knex, visibility: Visibility) {
  const visible = visibleServices(db, visibility);
  return counts<string>(
    await queryRows(
      db,
      `select scopes.source_id as of, count(distinct services.id) as count
      from (${NAMED_SCOPES_SQL}) as named
      join scopes on scopes.id = named.scope_id
      join services on services.id = named.service_id
      where scopes.active and ${visible.sql}
      group by scopes.source_id`,
      visible.bindings,
    ),
  );
}

function toSource(
  { id, kind, source, title }: ConnectedSource,
  facts: SourceFacts,
): Source {
  const { error, healths, now, problems, rateLimit, services, totals } = facts;
  const scopesThat = (health: SourceHealth) =>
    Number(healths.find(row => row.health === health)?.scopes ?? 0);
  const scopes = {
    ok: scopesThat('ok'),
    failing: scopesThat('failing'),
    stale: scopesThat('stale'),
    never: scopesThat('never'),
  };
  const checkedAts = healths.map(row => instantOf(row.checked_at));
  const nextRuns = healths.map(row => instantOf(row.next_run_at));
  return {
    id,
    kind,
    title,
    annotations: [...source.annotations],
    // One without scopes has answered nothing.
    health: HEALTHS.find(health => scopes[health] > 0) ?? 'never',
    scopes: {
      total: scopes.ok + scopes.failing + scopes.stale + scopes.never,
      ...scopes,
    },
    rows: Number(totals?.rows ?? 0),
    services,
    problems,
    requests: {
      total: Number(totals?.requests ?? 0),
      since: toIsoInstant(instantOf(totals?.requests_since ?? null)),
    },
    rateLimit: rateLimit ? rateLimitOf(rateLimit, { now }) : null,
    checkedAt:
      checkedAts.length === 0 || checkedAts.includes(null)
        ? null
        : toIsoInstant(Math.min(...checkedAts.map(Number))),
    nextRunAt: nextRuns.length
      ? toIsoInstant(Math.max(now, Math.min(...nextRuns)))
      : null,
    lastError: error
      ? {
          scope: error.title,
          message: error.last_error,
          at: toIsoInstant(instantOf(error.last_error_at)),
          since: toIsoInstant(instantOf(error.failing_since)),
        }
      : null,
  };
}
