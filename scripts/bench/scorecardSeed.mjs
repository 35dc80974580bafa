// Fills databases with the services of a large company, their tickets, and a year
// of daily points. Tickets, tests, game days and points are made up by PostgreSQL;
// what follows from them is worked out by the backend, as it takes the services in.
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startBackend } from './backend.mjs';
import { createDatabase } from './databases.mjs';
import { count, note } from './print.mjs';

const PROGRAM = 'scorecardsBackend.ts';
const DAY_MS = 86_400_000;
const DAYS = 365;
const STALLED_MS = 20_000;
const TICKETS_EACH = 30;
const SERVICES_PER_SCOPE = 10;
const MOST_SCOPES = 1_000;

/** The thresholds that the seeded services are judged by. */
export const POLICY = {
  id: 'standard',
  backlog: { maxAge: 'P90D' },
  gameDay: { every: 'P180D' },
  readinessTest: { templates: ['production-readiness'], every: 'P365D' },
};

const templates = new Map();

/** A backend over a seeded database, or another one over the same. */
export function startScorecards(settings) {
  return startBackend(settings, PROGRAM);
}

/** Does something with a connection to the tables of the plugin. */
export async function withTables(connection, work) {
  const client = new pg.Client({ connectionString: connection });
  await client.connect();
  try {
    await client.query('set search_path to "operational-excellence", bench');
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The one value that a query answers. */
export async function valueOf(client, sql, bindings) {
  const { rows } = await client.query({
    text: sql,
    values: bindings,
    rowMode: 'array',
  });
  return rows[0]?.[0];
}

/** Waits until a query answers true. */
export async function until(
  client,
  sql,
  { bindings, everyMs = 250, timeoutMs = 2 * 3_600_000 } = {},
) {
  const end = Date.now() + timeoutMs;
  while (!(await valueOf(client, sql, bindings))) {
    if (Date.now() > end) throw new Error(`Never came true: ${sql}`);
    await sleep(everyMs);
  }
}

/** Until a backend that has just started has done all that was to be done. */
export async function untilQuiet(connection) {
  await withTables(connection, async client => {
    await until(
      client,
      `select next_at > 0 and holder is null from task_turns
       where task = 'refresh-directory'`,
    );
    await untilFolded(client);
  });
}

/** Until the sums of groups have taken in what changed. */
async function untilFolded(client) {
  let least = Infinity;
  let shrankAt = Date.now();
  for (;;) {
    const left = await valueOf(
      client,
      'select count(*)::int from rollup_changes',
    );
    if (left === 0) return;
    if (left < least) {
      least = left;
      shrankAt = Date.now();
    } else if (Date.now() - shrankAt > STALLED_MS) {
      note(`${count(left)} changes are not taken into the sums of groups`);
      return;
    }
    await sleep(250);
  }
}

/**
 * The settings of a backend over a seeded database of its own.
 *
 * @param {{ services: number, ticketsEach?: number }} size
 */
export async function seededScorecards(
  server,
  { services, ticketsEach = TICKETS_EACH },
) {
  const key = `${services}/${ticketsEach}`;
  if (!templates.has(key)) {
    templates.set(key, await seed(server, { services, ticketsEach }));
  }
  const { database, settings } = templates.get(key);
  const copy = await createDatabase(server, database);
  return { ...settings, connection: copy.connection };
}

async function seed(server, { services, ticketsEach }) {
  const scopes = Math.min(
    MOST_SCOPES,
    Math.ceil(services / SERVICES_PER_SCOPE),
  );
  const tickets = services * ticketsEach;
  note(`Seeding ${count(services)} services and ${count(tickets)} tickets …`);
  const begin = performance.now();
  const took = () => count((performance.now() - begin) / 1000);

  const database = await createDatabase(server);
  const { connection } = database;
  const settings = {
    connection,
    scopes,
    services,
    tickets,
    policies: [POLICY],
  };
  // For its tables.
  const empty = await startScorecards({ ...settings, services: 0 });
  await empty.stop();
  const now = Date.now();
  await withTables(connection, async client => {
    for (const statement of recordsSql({ ...settings, ticketsEach, now })) {
      await client.query(statement);
    }
  });
  note(`… what is known of them is there after ${took()} s …`);

  const backend = await startScorecards(settings);
  try {
    await untilQuiet(connection);
    await withTables(connection, async client => {
      const known = await valueOf(
        client,
        'select count(*)::int from service_status where backlog_known',
      );
      if (known !== services) {
        throw new Error(`${known} of ${services} services are known`);
      }
    });
  } catch (error) {
    throw new Error(`Seeding failed: ${error.message}\n${backend.log}`);
  } finally {
    await backend.stop();
  }
  note(`… the services are taken in after ${took()} s …`);
  await withTables(connection, async client => {
    for (const statement of historySql(Math.floor(now / DAY_MS))) {
      await client.query(statement);
    }
    await client.query('vacuum analyze');
  });
  note(`… took ${took()} s`);
  return { database, settings };
}

/**
 * Tickets as the simulated tracker has them, in scopes that were read to their
 * end, readiness tests and game days. Services are there by their names only: the
 * directory fills them in.
 */
function recordsSql({ now, scopes, services, tickets, ticketsEach }) {
  const perScope = Math.ceil(tickets / scopes);
  const ref = `'component:default/service-' || service`;
  return [
    `insert into scopes (source_id, kind, key, title, active, cursor,
       next_run_at, next_reconcile_at, tolerance_ms, last_success_at, rows_total)
     select 'simulated', 'ticket', 'scope-' || n, 'scope-' || n, true,
       '${perScope}', ${now + DAY_MS}, ${now + DAY_MS}, ${2 * DAY_MS}, ${now},
       ${perScope}
     from generate_series(0, ${scopes - 1}) n`,
    `insert into services
       (entity_ref, title, search_text, annotations, content_hash)
     select ${ref}, '', '', '{}', 'to be filled in'
     from generate_series(0, ${services - 1}) service`,
    // Which of the containers of its scope it has, in their order.
    `create temporary table placed as
     select services.id as service_id, service, scopes.id as scope_id,
       scopes.key as scope, scopes.key || '/' || entity_ref as container,
       row_number() over (
         partition by scopes.id order by scopes.key || '/' || entity_ref
       ) - 1 as place,
       count(*) over (partition by scopes.id) as places
     from generate_series(0, ${services - 1}) service
     join services on entity_ref = ${ref}
     join scopes on key = 'scope-' || (service % ${scopes})`,
    `insert into scope_containers (scope_id, container, covered_at)
     select scope_id, container, ${now} from placed`,
    ticketsSql({ now, ticketsEach }),
    // The newer ones first, as there is one of each service.
    `insert into readiness_tests
       (id, service_id, template, performed_at, performed_by, verdict)
     select 'test-' || service, service_id, 'production-readiness',
       ${now} - (service::bigint * 7919 % 400 + 1) * ${DAY_MS},
       'user:default/guest', case when service % 11 = 0 then 'fail' else 'pass' end
     from placed where service % 10 <> 0`,
    `insert into exercises (id, version, kind, title, search_text, state,
       planned_start, planned_end, started_at, ended_at, starts_at, ends_at, roles,
       stop_conditions, rollback_tried, prerequisites, outcome, plan_hash,
       created_by, created_at, updated_by, updated_at)
     select 'game-day-' || service, 1, 'game-day', 'Game day ' || service,
       'game day ' || service, 'held', at, at + 3600000, at, at + 3600000, at,
       at + 3600000, '[]', '[]', true, '[]', 'as-expected', '',
       'user:default/guest', at, 'user:default/guest', at
     from (
       select service,
         ${now} - (service::bigint * 6007 % 200 + 1) * ${DAY_MS} as at
       from placed where service % 8 <> 0
     ) held`,
    `insert into exercise_services (exercise_id, service_id)
     select 'game-day-' || service, service_id from placed where service % 8 <> 0`,
    'vacuum analyze tickets, services, scopes, scope_containers',
  ];
}

function ticketsSql({ now, ticketsEach }) {
  const countsWhileOpen = Number.MAX_SAFE_INTEGER;
  return `insert into tickets (source_id, external_id, scope_id, container, facets,
      key, url, title, state, improvement, created_at, closed_at, updated_at,
      labels, priority, counts_until)
    select 'simulated', scope || '#' || number, scope_id, container, '[]',
      scope || '#' || number,
      'https://tracker.example.com/' || scope || '/issues/' || number,
      'Improve what number ' || number || ' of ' || scope || ' found, version 0',
      case when is_open then 'open' else 'done' end, improvement, created_at,
      closed_at, ${now}, '["improvement"]',
      case when number % 2 = 1 then 'high' end,
      case when improvement and is_open then ${countsWhileOpen}
        when improvement then greatest(created_at, closed_at) + ${90 * DAY_MS}
        else coalesce(closed_at + ${90 * DAY_MS}, 0) end
    from (
      select *, case when not is_open
        then least(created_at + ${20 * DAY_MS}, ${now}) end as closed_at
      from (
        select scope, scope_id, container, turn * places + place as number,
          turn % 5 = 0 as is_open, turn % 3 = 0 as improvement,
          ${now} - (30 + place * 37 % 180) * ${DAY_MS}
            * (${ticketsEach} - turn) / ${ticketsEach}
            - (turn * places + place) * 1000 as created_at
        from placed cross join generate_series(0, ${ticketsEach - 1}) turn
      ) created
    ) closed
    order by scope_id, number`;
}

/**
 * A year of points: of each owner, tier, lifecycle and type one a day, of each
 * service, system and domain one in thirty days; the last one of a service as it
 * stands now, except for a tenth of them.
 */
function historySql(today) {
  const ofStatus = ['system_ref', 'domain_ref', 'tier', 'lifecycle', 'type'];
  const memberships = [
    `select 'all' as dimension, '' as key, service_id from service_status`,
    `select 'owner', owner_ref, service_id from owned_services`,
    ...ofStatus.map(
      column => `select '${column.replace('_ref', '')}',
        coalesce(${column}, ''), service_id from service_status`,
    ),
  ];
  const states = `json_build_object('overdue', needing, 'ok', services)`;
  return [
    `insert into observed_days
       (day, recorded, taken_at, stage, after_service, finished_at)
     select day, false, day * ${DAY_MS}::bigint, 'finished', 0,
       day * ${DAY_MS}::bigint
     from generate_series(${today - DAYS + 1}, ${today}) day`,
    `insert into service_points (service_id, day, state_rank, backlog_rank,
       game_day_rank, readiness_rank, open_count, starved, closed_90d,
       all_closed_90d, oldest_created_at, median_created_at, game_days_held,
       tests_passed)
     select service_id, day, state_rank, backlog_rank, game_day_rank,
       readiness_rank,
       backlog_open_count + case when service_id % 10 = 0 then 1 else 0 end,
       case when backlog_oldest_created_at is not null
         and backlog_last_closed_at <= ${
           (today - 90) * DAY_MS
         } then 1 else 0 end,
       backlog_closed_90d, backlog_all_closed_90d, backlog_oldest_created_at,
       backlog_median_created_at, 0, 0
     from service_status
     cross join lateral generate_series(
       ${today - 1} - service_id % 30, ${today - DAYS + 1}, -30) day`,
    `insert into group_points (dimension, key, day, services, attention, states,
       open_count, starved, closed_90d, all_closed_90d, oldest_created_at,
       median_created_at, game_days_held, tests_passed)
     select dimension, key, day, services, needing,
       json_build_object('service', ${states}, 'backlog', ${states},
         'gameDay', ${states}, 'readinessTest', ${states}),
       open_count, services / 10, closed, 3 * closed, oldest, oldest, day % 3,
       day % 2
     from (
       select dimension, key, count(*)::int as services,
         greatest(1, count(*) filter (where state_rank < 3))::int as attention,
         sum(backlog_open_count)::int as open_count,
         sum(backlog_closed_90d)::int as closed,
         min(backlog_oldest_created_at) as oldest
       from (${memberships.join(' union all ')}) members
       join service_status using (service_id)
       group by dimension, key
     ) counted
     cross join lateral generate_series(${today - DAYS + 1}, ${today - 1},
       case when dimension in ('system', 'domain') then 30 else 1 end) day
     cross join lateral (
       select greatest(1, attention * (100 - (${today} - day) % 30) / 100)
         as needing
     ) that_day`,
  ];
}
