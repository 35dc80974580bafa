import {
  Instant,
  Page,
  SourceHealth,
  SourceScope,
  SourceScopeQuery,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { z } from 'zod';
import {
  idSet,
  instantOf,
  isPostgres,
  queryRows,
  StoredInstant,
  textSet,
} from '../database';
import { Visibility } from '../visibility/Visibility';
import { containsPattern } from './containsText';
import { counts } from './counts';
import { HEALTH_SQL } from './healthSql';
import { decodePosition, encodePosition } from './listCursor';
import { countMissing } from './listProblems';
import { rateLimitOf, RateLimitRow, RATE_LIMIT_COLUMNS } from './rateLimitSql';
import { NAMED_SCOPES_SQL, visibleServices } from './visibleServices';

const positionSchema = z.tuple([z.string()]);

const NO_CONTAINERS = { total: 0, unread: 0, missing: 0 };

interface ScopeRow extends RateLimitRow {
  id: number;
  key: string;
  title: string;
  url: string | null;
  health: SourceHealth;
  claimed_until: StoredInstant | null;
  next_run_at: StoredInstant;
  last_success_at: StoredInstant | null;
  last_error: string | null;
  failing_since: StoredInstant | null;
  consecutive_failures: number;
  rows_total: number | string;
  requests_total: number | string;
  requests_since: StoredInstant | null;
}

const SCOPES_SQL = `select id, key, title, url, claimed_until, next_run_at,
    last_success_at, last_error, failing_since, consecutive_failures,
    rows_total, requests_total, requests_since, ${RATE_LIMIT_COLUMNS},
    ${HEALTH_SQL} as health
  from scopes where active and source_id = ?`;

/** The active scopes of a source in the order of their keys. */
export async function listScopes(
  db: Knex,
  sourceId: string,
  options: { query: SourceScopeQuery; visibility: Visibility; now: Instant },
): Promise<Page<SourceScope>> {
  const { now, query, visibility } = options;
  const { conditions, bindings } = scopeConditions(db, query);
  const from = `from (${SCOPES_SQL}) as listed where ${conditions}`;
  const given = [now, sourceId, ...bindings];
  const key = isPostgres(db) ? 'key collate "C"' : 'key';
  const after =
    query.cursor === undefined
      ? []
      : decodePosition(query.cursor, {
          schema: positionSchema,
          list: 'scopes',
        });

  const [[{ total }], found] = await Promise.all([
    queryRows<{ total: number | string }>(
      db,
      `select count(*) as total ${from}`,
      given,
    ),
    queryRows<ScopeRow>(
      db,
      `select * ${from} ${after.length ? `and ${key} > ?` : ''}
      order by ${key} limit ?`,
      [...given, ...after, query.limit + 1],
    ),
  ]);
  const page = found.slice(0, query.limit);
  const ids = page.map(({ id }) => id);
  const [services, problems, containers] = await Promise.all([
    countServices(db, ids, visibility),
    countMissing(db, ids, visibility).then(counts),
    countContainers(db, ids),
  ]);
  return {
    items: page.map(row =>
      toSourceScope(row, {
        now,
        services: services.get(row.id) ?? 0,
        problems: problems.get(row.id) ?? 0,
        containers: containers.get(row.id) ?? NO_CONTAINERS,
      }),
    ),
    totalItems: Number(total),
    asOf: toIsoInstant(now),
    ...(found.length > page.length && {
      nextCursor: encodePosition([page[page.length - 1].key]),
    }),
  };
}

function scopeConditions(db: Knex, { health, q }: SourceScopeQuery) {
  const conditions = ['1 = 1'];
  const bindings: string[] = [];
  if (health) {
    const healths = textSet(db, health);
    conditions.push(healths.includes('health'));
    bindings.push(healths.binding);
  }
  if (q) {
    const pattern = containsPattern(q);
    conditions.push(
      `(lower(title) like ? escape '!' or lower(key) like ? escape '!')`,
    );
    bindings.push(pattern, pattern);
  }
  return { conditions: conditions.join(' and '), bindings };
}

async function countServices(
  db: Knex,
  scopeIds: readonly number[],
  visibility: Visibility,
) {
  const visible = visibleServices(db, visibility);
  const ids = idSet(db, scopeIds);
  return counts<number>(
    await queryRows(
      db,
      `select named.scope_id as of, count(distinct services.id) as count
      from (${NAMED_SCOPES_SQL}) as named
      join services on services.id = named.service_id
      where ${ids.includes('named.scope_id')} and ${visible.sql}
      group by named.scope_id`,
      [ids.binding, ...visible.bindings],
    ),
  );
}

async function countContainers(db: Knex, scopeIds: readonly number[]) {
  const ids = idSet(db, scopeIds);
  const rows = await queryRows<{
    scope_id: number;
    total: number | string;
    unread: number | string;
    missing: number | string;
  }>(
    db,
    `select scope_id, count(*) as total, count(missing_message) as missing,
      sum(case when covered_at is null and missing_message is null
        then 1 else 0 end) as unread
    from scope_containers where ${ids.includes('scope_id')}
    group by scope_id`,
    [ids.binding],
  );
  return new Map(
    rows.map(({ missing, scope_id, total, unread }) => [
      scope_id,
      {
        total: Number(total),
        unread: Number(unread),
        missing: Number(missing),
      },
    ]),
  );
}

function toSourceScope(
  row: ScopeRow,
  facts: Pick<SourceScope, 'containers' | 'problems' | 'services'> & {
    now: Instant;
  },
): SourceScope {
  const { containers, now, problems, services } = facts;
  const claimedUntil = instantOf(row.claimed_until);
  const running = claimedUntil !== null && claimedUntil > now;
  return {
    key: row.key,
    title: row.title,
    url: row.url,
    health: row.health,
    running,
    rows: Number(row.rows_total),
    services,
    problems,
    containers,
    requests: {
      total: Number(row.requests_total),
      since: toIsoInstant(instantOf(row.requests_since)),
    },
    rateLimit: rateLimitOf(row, { now }),
    checkedAt: toIsoInstant(instantOf(row.last_success_at)),
    // What is overdue runs as soon as there is room.
    nextRunAt: running
      ? null
      : toIsoInstant(Math.max(now, instantOf(row.next_run_at))),
    lastError: row.last_error,
    failingSince: toIsoInstant(instantOf(row.failing_since)),
    consecutiveFailures: row.consecutive_failures,
  };
}
