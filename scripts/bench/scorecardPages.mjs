// What people wait for: a page of services, the sums of groups, a history, the file
// of all services.
import assert from 'node:assert/strict';
import { get } from 'node:http';
import { compare, percentile } from './load.mjs';
import { count, heading, mib, ms, ratio, table, verdict } from './print.mjs';
import {
  CSV,
  FACETS,
  FIRST,
  GROUP,
  historyPath,
  LIST,
  OWNER,
  ROLLUPS,
} from './scorecardPaths.mjs';

const PAGE_TARGET = 2;
const ROLLUP_TARGET_MS = 50;
const CSV_TARGET = 50_000;
const CSV_JUDGED_FROM = 10_000;
const CSV_RUNS = 5;
/** What may be kept meanwhile, however many lines there are. */
const CSV_KEPT_BYTES = 32 * 2 ** 20;

/** What the floors read, and write. */
export async function prepareFloors(client) {
  await client.query(`
    drop table if exists bench.floor_groups, bench.floor_points,
      bench.floor_status, bench.floor_day;
    create table bench.floor_groups as
      select * from group_points
      where dimension = 'owner' and day = (
        select max(day) from group_points where dimension = 'owner');
    create index on bench.floor_groups (attention desc, key);
    create table bench.floor_points as
      select * from group_points where dimension = 'owner' and key in (
        select key from bench.floor_groups limit 50)
      or dimension = 'owner' and key = '${GROUP}';
    create index on bench.floor_points (key, day);
    create table bench.floor_status (like service_status including all);
    insert into bench.floor_status select * from service_status;
    create table bench.floor_day (like service_points including all);`);
  await client.query('vacuum analyze');
}

async function json(url, token) {
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${token}` },
  });
  const body = await response.json();
  assert.equal(response.status, 200, `${url}: ${JSON.stringify(body)}`);
  return body;
}

/** Refuses to measure what is not what it should be. */
export async function check(url, token, { services }) {
  const list = await json(`${url}${LIST}`, token);
  assert.equal(list.items.length, 50, `${list.items.length} services`);
  const ages = list.items.map(item => item.backlog.oldestCreatedAt);
  assert.deepEqual(ages, [...ages].sort());
  assert.ok(list.items.every(item => item.state === 'overdue'));
  const rollups = await json(`${url}${ROLLUPS}`, token);
  assert.equal(rollups.items[0].services, services);
  const history = await json(`${url}${historyPath()}`, token);
  assert.equal(history.points.length, 365);
  return rollups.totalItems;
}

export async function measurePages(backend, token, seconds) {
  const floors = {
    page: {
      name: 'floor: one indexed page',
      path: '/bench/floor',
    },
    groups: {
      name: 'floor: 50 counted groups',
      path: '/bench/floor/rollups?limit=50',
    },
    points: {
      name: 'floor: the points of a group',
      path: `/bench/floor/history?key=${OWNER}`,
    },
  };
  const routes = [
    {
      name: 'GET /services, overdue of a group',
      path: LIST,
      floor: 'page',
      target: `p50 ≤ ${PAGE_TARGET}× floor`,
      isMet: ({ p50 }, floor) => p50 <= PAGE_TARGET * floor.p50,
    },
    { name: 'GET /services, all', path: FIRST, floor: 'page' },
    {
      name: 'GET /rollups?by=owner',
      path: ROLLUPS,
      floor: 'groups',
      target: `p95 < ${ROLLUP_TARGET_MS} ms`,
      isMet: ({ p95 }) => p95 < ROLLUP_TARGET_MS,
    },
    {
      name: 'GET /rollups?by=owner, of a tier',
      path: `${ROLLUPS}&tier=1`,
      floor: 'groups',
    },
    {
      name: 'GET /history, a year of a group',
      path: historyPath(),
      floor: 'points',
    },
    { name: 'GET /services/facets', path: FACETS, floor: 'groups' },
    {
      name: 'GET /services/facets, of a tier',
      path: `${FACETS}?tier=1`,
      floor: 'groups',
    },
  ];
  const urls = Object.fromEntries(
    [...Object.values(floors), ...routes].map(({ name, path }) => [
      name,
      `${backend.url}${path}`,
    ]),
  );
  await compare(urls, { token, connections: 1, seconds: 1, rounds: 1 });
  const measured = await compare(urls, {
    token,
    connections: 1,
    seconds,
    rounds: 3,
  });
  const figures = each => ({
    p50: ms(each.p50),
    p95: ms(each.p95),
    p99: ms(each.p99),
    bytes: count(each.bytes),
  });
  table(
    Object.entries(floors).flatMap(([id, floor]) => [
      {
        '1 connection': floor.name,
        ...figures(measured[floor.name]),
        'p50 to floor': '1.00×',
        target: '',
      },
      ...routes
        .filter(route => route.floor === id)
        .map(({ isMet, name, target }) => ({
          '1 connection': name,
          ...figures(measured[name]),
          'p50 to floor': ratio(measured[name].p50 / measured[floor.name].p50),
          target: isMet
            ? `${target}: ${verdict(
                isMet(measured[name], measured[floor.name]),
              )}`
            : '',
        })),
    ]),
  );
  const [page, first, rollups, , history] = routes.map(
    ({ name }) => measured[name],
  );
  return {
    page: { ms: page.p50 },
    first: { ms: first.p50 },
    rollups: { ms: rollups.p95 },
    history: { ms: history.p50 },
  };
}

/** Reads a file to its end; answers how many lines and bytes it has. */
function download(url, token) {
  return new Promise((resolve, reject) => {
    get(url, { headers: { authorization: `Bearer ${token}` } }, response => {
      if (response.statusCode !== 200) {
        reject(new Error(`${url}: ${response.statusCode}`));
        response.resume();
        return;
      }
      let bytes = 0;
      let lines = 0;
      response.on('data', data => {
        bytes += data.length;
        for (
          let at = data.indexOf(10);
          at >= 0;
          at = data.indexOf(10, at + 1)
        ) {
          lines += 1;
        }
      });
      response.on('error', reject);
      response.on('end', () => resolve({ bytes, lines }));
    }).on('error', reject);
  });
}

export async function measureCsv(backend, token, { services }) {
  const files = {
    'floor: pages by primary key': {
      url: `${backend.url}/bench/floor/services.csv`,
      lines: services,
    },
    'GET /services.csv': { url: `${backend.url}${CSV}`, lines: services + 1 },
    'GET /services.csv?sort=-backlogAge': {
      url: `${backend.url}${CSV}?sort=-backlogAge`,
      lines: services + 1,
    },
  };
  const rows = [];
  for (const [name, { lines, url }] of Object.entries(files)) {
    await download(url, token);
    await backend.ask('beginMemory', { isKept: false });
    const times = [];
    let file;
    for (let run = 0; run < CSV_RUNS; run++) {
      const start = performance.now();
      file = await download(url, token);
      times.push((performance.now() - start) / 1000);
    }
    const seconds = percentile(times, 50);
    const all = await backend.ask('endMemory');
    assert.equal(file.lines, lines);
    // Once more, slowly.
    await backend.ask('beginMemory', { isKept: true });
    await download(url, token);
    const kept = await backend.ask('endMemory');
    rows.push({ name, seconds, all, kept, ...file, services });
  }
  const perSecond = row => row.services / row.seconds;
  const grows = ({ before, peak }, of) =>
    `${mib(before[of])} → ${mib(peak[of])}`;
  // A request as such takes as long as some hundred rows.
  const isJudged = services >= CSV_JUDGED_FROM;
  heading(`The file of all ${count(services)} services`);
  table(
    rows.map((row, index) => ({
      file: row.name,
      seconds: row.seconds.toFixed(2),
      'rows per second': count(perSecond(row)),
      bytes: count(row.bytes),
      'to floor': ratio(perSecond(rows[0]) / perSecond(row)),
      'heap still needed': grows(row.kept, 'heap'),
      'whole heap': grows(row.all, 'heap'),
      RSS: grows(row.all, 'rss'),
      [`target ≥ ${count(CSV_TARGET)}/s`]:
        index > 0 && isJudged ? verdict(perSecond(row) >= CSV_TARGET) : '',
      [`target: needs < ${mib(CSV_KEPT_BYTES)} more`]:
        index === 0
          ? ''
          : verdict(row.kept.peak.heap - row.kept.before.heap < CSV_KEPT_BYTES),
    })),
  );
  return { perSecond: perSecond(rows[1]) };
}
