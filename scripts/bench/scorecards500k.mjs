// Half a million services, as many as the largest known catalog has entities.
import { compare, percentile } from './load.mjs';
import { count, heading, ms, note, table, verdict } from './print.mjs';
import {
  check,
  measureCsv,
  measurePages,
  prepareFloors,
} from './scorecardPages.mjs';
import { FIRST, GROUP, LIST } from './scorecardPaths.mjs';
import {
  seededScorecards,
  startScorecards,
  untilQuiet,
  valueOf,
  withTables,
} from './scorecardSeed.mjs';

const SERVICES = 500_000;
/** Fewer than elsewhere: lists do not read them, and seeding takes long enough. */
const TICKETS_EACH = 6;

/** What the largest known catalog takes in the database, 474,000 entities. */
const KNOWN_PAGE_MS = 12.5;
const KNOWN_COUNT_MS = 1_100;

const REQUESTS = 100;
const COUNTS = 9;

export async function scorecards500k({ server, sizes = [SERVICES] }) {
  for (const services of sizes) {
    const settings = await seededScorecards(server, {
      services,
      ticketsEach: TICKETS_EACH,
    });
    const { connection, tickets } = settings;
    const backend = await startScorecards(settings);
    try {
      await untilQuiet(connection);
      await backend.ask('prepareFloor');
      await withTables(connection, prepareFloors);
      const token = await backend.userToken();
      const groups = await check(backend.url, token, settings);
      heading(
        `Scorecards, ${count(services)} services, ${count(
          tickets,
        )} tickets, ${count(groups)} groups with services, a year of points`,
      );
      await measurePages(backend, token, 3);
      await besideTheKnown(backend, token, settings);
      await measureCsv(backend, token, settings);
    } catch (error) {
      throw new Error(`${error.message}\n${backend.log}`, { cause: error });
    } finally {
      await backend.stop();
    }
  }
}

/** A page and the exact count that comes with it, as the catalog is known to take. */
async function besideTheKnown(backend, token, { connection, services }) {
  const lists = [
    {
      name: 'all services',
      isKnown: true,
      path: FIRST,
      matched: 'service_status',
    },
    {
      name: 'the overdue ones of a group',
      isKnown: true,
      path: LIST,
      matched: `owned_services where owner_ref = '${GROUP}' and state_rank = 1`,
    },
    {
      name: 'those that a text is found in',
      isKnown: false,
      path: `${FIRST}&q=service-4`,
      matched: `service_status where search_text like '%service-4%'`,
    },
  ];
  const rows = [];
  for (const { isKnown, matched, name, path } of lists) {
    const url = `${backend.url}${path}`;
    const { totalItems } = await (
      await fetch(url, { headers: { authorization: `Bearer ${token}` } })
    ).json();
    const [answer] = Object.values(
      await compare(
        { [name]: url },
        { token, connections: 1, seconds: 3, rounds: 1 },
      ),
    );
    rows.push({
      name,
      isKnown,
      totalItems,
      answer,
      database: await inDatabase(connection, url, token),
      counting: await countingTakes(connection, matched),
    });
  }
  heading(
    `A page of 50 and its exact count, ${count(
      services,
    )} services; the largest known catalog takes ${ms(
      KNOWN_PAGE_MS,
    )} for a page in the database, and ${ms(
      KNOWN_COUNT_MS,
    )} for an exact count`,
  );
  table(
    rows.map(({ answer, counting, database, isKnown, name, totalItems }) => {
      const page = Math.max(0, database - counting);
      return {
        'first page of': name,
        'exact count': count(totalItems),
        'answer p50': ms(answer.p50),
        p95: ms(answer.p95),
        'in the database': ms(database),
        'of it counting': ms(Math.min(counting, database)),
        [`target: page ≤ ${ms(KNOWN_PAGE_MS)}`]: isKnown
          ? verdict(page <= KNOWN_PAGE_MS)
          : '',
        [`count ≤ ${ms(KNOWN_COUNT_MS)}`]: isKnown
          ? verdict(counting <= KNOWN_COUNT_MS)
          : '',
      };
    }),
  );
  note('An answer has both; what counting takes is measured on its own.');
}

/** What a bare count takes, milliseconds. */
async function countingTakes(connection, matched) {
  return withTables(connection, async client => {
    const times = [];
    for (let run = 0; run < COUNTS; run++) {
      const plan = await valueOf(
        client,
        `explain (analyze, timing off, format json)
         select count(*) from ${matched}`,
      );
      times.push(plan[0]['Execution Time']);
    }
    return percentile(times, 50);
  });
}

/** What PostgreSQL works on one answer, milliseconds. */
async function inDatabase(connection, url, token) {
  return withTables(connection, async client => {
    await client.query('create extension if not exists pg_stat_statements');
    await client.query('select pg_stat_statements_reset()');
    for (let request = 0; request < REQUESTS; request++) {
      const response = await fetch(url, {
        headers: { authorization: `Bearer ${token}` },
      });
      await response.arrayBuffer();
    }
    // What runs by itself meanwhile runs less often.
    return valueOf(
      client,
      `select sum(total_exec_time) / $1::float8 from pg_stat_statements
       where calls >= $1 and dbid = (
         select oid from pg_database where datname = current_database())`,
      [REQUESTS],
    );
  });
}
