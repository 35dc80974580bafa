import {
  Instant,
  Page,
  Source,
  SourceHealth,
  SourceScope,
  SourceScopeQuery,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import {
  idSet,
  instantOf,
  isPostgres,
  queryRows,
  StoredInstant,
  textSet,
} from '../database';
import { Visibility } from '../visibility/Visibility';
import { HEALTHS, HEALTH_SQL } from './healthSql';
import { decodeScopeCursor, encodeScopeCursor } from './scopeCursor';
import { ConnectedSource, SourceRegistry } from './SourceRegistry';
import { NAMED_SCOPES_SQL, visibleServices } from './visibleServices';

interface HealthRow {
  source_id: string;
  health: SourceHealth;
  scopes: number | string;
  checked_at: StoredInstant | null;
  next_run_at: StoredInstant;
}

interface ErrorRow {
  source_id: string;
  title: string;
  last_error: string;
  last_error_at: StoredInstant;
  failing_since: StoredInstant;
}

interface ScopeRow {
  id: number;
  key: string;
  title: string;
  health: SourceHealth;
  claimed_until: StoredInstant | null;
  next_run_at: StoredInstant;
  last_success_at: StoredInstant | null;
  last_error: string | null;
  failing_since: StoredInstant | null;
  consecutive_failures: number;
}

/** Reads how the connected sources and their scopes fare. */
export class SourceQueries {
  readonly #db: Knex;
  readonly #now: () => Instant;
  readonly #sources: SourceRegistry;

  static create(options: {
    db: Knex;
    sources: SourceRegistry;
    now?: () => Instant;
  }) {
    return new SourceQueries(options);
  }

  private constructor(options: {
    db: Knex;
    sources: SourceRegistry;
    now?: () => Instant;
  }) {
    this.#db = options.db;
    this.#sources = options.sources;
    this.#now = options.now ?? Date.now;
  }

  /** All connected sources; services are counted as far as they are visible. */
  async list(
    visibility: Visibility,
  ): Promise<{ items: Source[]; asOf: string }> {
    const now = this.#now();
    const [healths, errors, rows, services] = await Promise.all([
      this.#healths(now),
      this.#newestErrors(),
      this.#rowsPerSource(),
      this.#servicesPerSource(visibility),
    ]);
    const items = this.#sources.all().map(connected =>
      toSource(connected, {
        now,
        healths: healths.filter(row => row.source_id === connected.id),
        error: errors.find(row => row.source_id === connected.id),
        rows: rows.get(connected.id) ?? 0,
        services: services.get(connected.id) ?? 0,
      }),
    );
    return { items, asOf: toIsoInstant(now) };
  }

  /**
   * The active scopes of a source in the order of their keys; `undefined` where
   * no such source is connected.
   */
  async scopes(
    sourceId: string,
    query: SourceScopeQuery,
    visibility: Visibility,
  ): Promise<Page<SourceScope> | undefined> {
    if (!this.#sources.get(sourceId)) return undefined;

    const now = this.#now();
    const { conditions, bindings } = this.#scopeConditions(sourceId, query);
    const scopesSql = `select id, key, title, claimed_until, next_run_at,
        last_success_at, last_error, failing_since, consecutive_failures,
        ${HEALTH_SQL} as health
      from scopes where active and source_id = ?`;
    const key = isPostgres(this.#db) ? 'key collate "C"' : 'key';
    const after =
      query.cursor === undefined ? [] : [decodeScopeCursor(query.cursor)];

    const [[{ total }], found] = await Promise.all([
      queryRows<{ total: number | string }>(
        this.#db,
        `select count(*) as total from (${scopesSql}) as listed
        where ${conditions}`,
        [now, ...bindings],
      ),
      queryRows<ScopeRow>(
        this.#db,
        `select * from (${scopesSql}) as listed
        where ${conditions} ${after.length ? `and ${key} > ?` : ''}
        order by ${key} limit ?`,
        [now, ...bindings, ...after, query.limit + 1],
      ),
    ]);
    const page = found.slice(0, query.limit);
    const [rows, services] = await Promise.all([
      this.#rowsPerScope(page),
      this.#servicesPerScope(page, visibility),
    ]);
    return {
      items: page.map(row =>
        toSourceScope(row, {
          now,
          rows: rows.get(row.id) ?? 0,
          services: services.get(row.id) ?? 0,
        }),
      ),
      totalItems: Number(total),
      asOf: toIsoInstant(now),
      ...(found.length > page.length && {
        nextCursor: encodeScopeCursor(page[page.length - 1].key),
      }),
    };
  }

  async #healths(now: Instant): Promise<HealthRow[]> {
    return queryRows(
      this.#db,
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

  async #newestErrors(): Promise<ErrorRow[]> {
    return queryRows(
      this.#db,
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

  async #rowsPerSource() {
    return counts<string>(
      await queryRows(
        this.#db,
        `select source_id as of, count(*) as count from tickets group by source_id
        union all
        select source_id as of, count(*) as count from experiments group by source_id`,
      ),
    );
  }

  async #servicesPerSource(visibility: Visibility) {
    const visible = visibleServices(this.#db, visibility);
    return counts<string>(
      await queryRows(
        this.#db,
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

  async #rowsPerScope(scopes: ScopeRow[]) {
    const ids = idSet(
      this.#db,
      scopes.map(({ id }) => id),
    );
    return counts<number>(
      await queryRows(
        this.#db,
        `select scope_id as of, count(*) as count from tickets
        where ${ids.includes('scope_id')} group by scope_id
        union all
        select scope_id as of, count(*) as count from experiments
        where ${ids.includes('scope_id')} group by scope_id`,
        [ids.binding, ids.binding],
      ),
    );
  }

  async #servicesPerScope(scopes: ScopeRow[], visibility: Visibility) {
    const visible = visibleServices(this.#db, visibility);
    const ids = idSet(
      this.#db,
      scopes.map(({ id }) => id),
    );
    return counts<number>(
      await queryRows(
        this.#db,
        `select named.scope_id as of, count(distinct services.id) as count
        from (${NAMED_SCOPES_SQL}) as named
        join services on services.id = named.service_id
        where ${ids.includes('named.scope_id')} and ${visible.sql}
        group by named.scope_id`,
        [ids.binding, ...visible.bindings],
      ),
    );
  }

  #scopeConditions(sourceId: string, { health, q }: SourceScopeQuery) {
    const conditions = ['1 = 1'];
    const bindings = [sourceId];
    if (health) {
      const healths = textSet(this.#db, health);
      conditions.push(healths.includes('health'));
      bindings.push(healths.binding);
    }
    if (q) {
      const like = `%${q.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
      conditions.push(
        `(lower(title) like ? escape '\\' or lower(key) like ? escape '\\')`,
      );
      bindings.push(like, like);
    }
    return { conditions: conditions.join(' and '), bindings };
  }
}

function counts<K>(rows: { of: K; count: number | string }[]): Map<K, number> {
  return new Map(rows.map(row => [row.of, Number(row.count)]));
}

function toSource(
  { id, kind, title }: ConnectedSource,
  facts: {
    now: Instant;
    healths: HealthRow[];
    error: ErrorRow | undefined;
    rows: number;
    services: number;
  },
): Source {
  const { error, healths, now, rows, services } = facts;
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
    // One without scopes has answered nothing.
    health: HEALTHS.find(health => scopes[health] > 0) ?? 'never',
    scopes: {
      total: scopes.ok + scopes.failing + scopes.stale + scopes.never,
      ...scopes,
    },
    rows,
    services,
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

function toSourceScope(
  row: ScopeRow,
  facts: { now: Instant; rows: number; services: number },
): SourceScope {
  const { now, rows, services } = facts;
  const claimedUntil = instantOf(row.claimed_until);
  const running = claimedUntil !== null && claimedUntil > now;
  return {
    key: row.key,
    title: row.title,
    health: row.health,
    running,
    rows,
    services,
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
