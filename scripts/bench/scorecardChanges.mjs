// What goes on behind what people read: the points of a day, and a change of the
// policies.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { count, heading, ms, table, verdict } from './print.mjs';
import { startReads } from './reads.mjs';
import { DAY_MS, mixedReads } from './scorecardPaths.mjs';
import {
  POLICY,
  startScorecards,
  until,
  untilQuiet,
  valueOf,
  withTables,
} from './scorecardSeed.mjs';

/** How many reads a second meet what is going on behind them. */
const READS_PER_SECOND = 20;
const LONGEST_READ_MS = 1_000;

const POLICY_TARGET_S = 60;

/** What a replica does for all when the policies have changed, and who keeps it. */
const REFRESH = 'refresh-directory';
const HOLDER = 'bench';

/** What the reads are like where nothing else is going on. */
async function undisturbed(backend, token) {
  const reads = startReads([{ url: backend.url, token }], mixedReads(), {
    perSecond: READS_PER_SECOND,
  });
  await sleep(10_000);
  return reads.stop();
}

/** Has the points of today taken once more, and waits for them. */
export async function measurePoints(backend, token, { connection, services }) {
  const floorSeconds = await withTables(connection, client =>
    timed(() =>
      client.query(`
        insert into bench.floor_day
        select service_id, 0, state_rank, backlog_rank, game_day_rank,
          readiness_rank, backlog_open_count, 0, backlog_closed_90d,
          backlog_all_closed_90d, backlog_oldest_created_at,
          backlog_median_created_at, 0, 0
        from service_status`),
    ),
  );
  const quiet = await undisturbed(backend, token);
  const reads = startReads([{ url: backend.url, token }], mixedReads(), {
    perSecond: READS_PER_SECOND,
  });
  const taken = await withTables(connection, async client => {
    const today = Math.floor(Date.now() / DAY_MS);
    for (const table of ['service_points', 'group_points', 'observed_days']) {
      await client.query(`delete from ${table} where day = $1`, [today]);
    }
    await client.query(
      `update task_turns set next_at = 0 where task = 'take-daily-points'`,
    );
    await until(
      client,
      `select finished_at is not null from observed_days where day = $1`,
      { bindings: [today], everyMs: 50, timeoutMs: 10 * 60_000 },
    );
    const [from, to] = await valueOf(
      client,
      `select array[taken_at, finished_at]::float8[] from observed_days
       where day = $1`,
      [today],
    );
    const points = await valueOf(
      client,
      `select (select count(*) from service_points where day = $1)
         + (select count(*) from group_points where day = $1)`,
      [today],
    );
    return {
      seconds: (to - from) / 1000,
      points: Number(points),
      window: {
        from: from - performance.timeOrigin,
        to: to - performance.timeOrigin,
      },
    };
  });
  const { failed } = await reads.stop();
  const meanwhile = { ...reads.during(taken.window), failed };
  heading(
    `The points of a day, ${count(services)} services; ${count(
      taken.points,
    )} points changed`,
  );
  table([
    {
      what: 'floor: one statement that writes all services',
      seconds: floorSeconds.toFixed(2),
      ...readColumns(quiet),
    },
    {
      what: 'the job',
      seconds: taken.seconds.toFixed(2),
      ...readColumns(meanwhile, true),
    },
  ]);
  return { seconds: taken.seconds };
}

async function timed(work) {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** Of reads while something goes on; of the floor, while nothing does. */
function readColumns(reads, isMeanwhile) {
  return {
    'reads meanwhile': isMeanwhile ? count(reads.reads) : 'nothing goes on',
    p50: reads.reads ? ms(reads.p50) : '',
    p99: reads.reads ? ms(reads.p99) : '',
    longest: reads.reads ? ms(reads.most) : '',
    failed: count(reads.failed),
    [`target: none fails or takes ${LONGEST_READ_MS} ms`]: isMeanwhile
      ? verdict(
          reads.failed === 0 && !(reads.reads && reads.most > LONGEST_READ_MS),
        )
      : '',
  };
}

/** Starts the backend with other policies, as after a change of the configuration. */
export async function measureChanges(settings) {
  const { connection, services } = settings;
  const floorSeconds = await withTables(connection, client =>
    timed(() =>
      client.query(`
        update bench.floor_status set backlog_due_at = backlog_due_at + 1,
          settled_until = settled_until + 1, state_rank = 1 - state_rank % 2`),
    ),
  );
  const stricter = {
    ...POLICY,
    backlog: { maxAge: 'P60D' },
    gameDay: { every: 'P150D' },
    readinessTest: { ...POLICY.readinessTest, every: 'P300D' },
  };
  const changes = [
    {
      what: 'other thresholds of a policy',
      policies: [stricter],
      isDone: `select value <> $1 from settings where key = 'status.policies'`,
      left: `select count(*)::int from service_status
        where backlog_oldest_created_at is not null and backlog_due_at
          is distinct from backlog_oldest_created_at + ${60 * DAY_MS}`,
    },
    {
      what: 'another policy for every service',
      policies: [{ ...POLICY, id: 'another' }],
      isDone: `select $1::text is not null and next_at > 0 and holder is null
        from task_turns where task = 'refresh-directory'`,
      left: `select count(*)::int from service_status
        where policy_id <> 'another' or backlog_oldest_created_at is not null
          and backlog_due_at
            is distinct from backlog_oldest_created_at + ${90 * DAY_MS}`,
    },
  ];
  const rows = [];
  for (const change of changes) {
    rows.push({ ...change, ...(await measureChange(settings, change)) });
  }
  heading(
    `A change of the policies of ${count(
      services,
    )} services, in the process that answers the reads`,
  );
  table([
    {
      what: 'floor: one update of all rows',
      seconds: floorSeconds.toFixed(2),
      [`target < ${POLICY_TARGET_S} s`]: '',
      ...readColumns(rows[0].quiet),
    },
    ...rows.map(row => ({
      what: row.what,
      seconds: row.seconds.toFixed(2),
      [`target < ${POLICY_TARGET_S} s`]: verdict(row.seconds < POLICY_TARGET_S),
      ...readColumns(row.reads, true),
    })),
  ]);
  return { policy: { seconds: rows[0].seconds } };
}

/**
 * The change is held back until the process is warm, as one that has just started
 * is slow at everything.
 */
async function measureChange(settings, { isDone, left, policies, what }) {
  const { connection } = settings;
  return withTables(connection, async client => {
    const before = await valueOf(
      client,
      `select value from settings where key = 'status.policies'`,
    );
    await client.query(
      `update task_turns set holder = $1, held_until = $2 where task = $3`,
      [HOLDER, Date.now() + DAY_MS, REFRESH],
    );
    const backend = await startScorecards({ ...settings, policies });
    try {
      const token = await backend.userToken();
      await undisturbed(backend, token);
      const quiet = await undisturbed(backend, token);
      const reads = startReads([{ url: backend.url, token }], mixedReads(), {
        perSecond: READS_PER_SECOND,
      });
      await client.query(
        `update task_turns set holder = null, held_until = 0, next_at = 0
         where task = $1`,
        [REFRESH],
      );
      await until(
        client,
        'select holder is not null from task_turns where task = $1',
        { bindings: [REFRESH], everyMs: 20 },
      );
      const from = performance.now();
      await until(client, isDone, { bindings: [before], everyMs: 50 });
      const to = performance.now();
      const { failed } = await reads.stop();
      const others = await valueOf(client, left);
      assert.equal(others, 0, `${what}: ${others} services are as before`);
      await untilQuiet(connection);
      return {
        seconds: (to - from) / 1000,
        reads: { ...reads.during({ from, to }), failed },
        quiet,
      };
    } catch (error) {
      throw new Error(`${error.message}\n${backend.log}`, { cause: error });
    } finally {
      await backend.stop();
    }
  });
}
