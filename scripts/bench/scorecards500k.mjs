// Half a million services, as many as the largest known catalog has entities.
import { compare } from './load.mjs';
import { count, heading, ms, note, table, verdict } from './print.mjs';
import {
  check,
  measureCsv,
  measurePages,
  prepareFloors,
} from './scorecardPages.mjs';
import { FIRST, LIST } from './scorecardPaths.mjs';
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
  const paths = {
    'first page of all services': FIRST,
    'first page of the overdue ones of a group': LIST,
    'first page of what a text is found in': `${FIRST}&q=service-4`,
  };
  const rows = [];
  for (const [name, path] of Object.entries(paths)) {
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
      totalItems,
      answer,
      database: await inDatabase(connection, url, token),
    });
  }
  heading(
    `A page of 50 with its exact count, ${count(
      services,
    )} services; the largest known catalog takes ${ms(
      KNOWN_PAGE_MS,
    )} for a page and ${ms(KNOWN_COUNT_MS)} for an exact count`,
  );
  table(
    rows.map(({ answer, database, name, totalItems }) => ({
      page: name,
      'counted exactly': count(totalItems),
      'answer p50': ms(answer.p50),
      p95: ms(answer.p95),
      'in the database, page and count': ms(database),
      [`target ≤ ${ms(KNOWN_PAGE_MS)}`]: verdict(database <= KNOWN_PAGE_MS),
      [`target ≤ ${ms(KNOWN_COUNT_MS)}`]: verdict(database <= KNOWN_COUNT_MS),
    })),
  );
  note('The counts of the catalog come on top of its pages; ours are in them.');
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
       where dbid = (select oid from pg_database where datname = current_database())
         and calls >= $1`,
      [REQUESTS],
    );
  });
}
