// How long a page of the list and one service take, against a bare query behind
// the same router and authentication.
import assert from 'node:assert/strict';
import { startBackend } from './backend.mjs';
import { compare } from './load.mjs';
import { count, heading, ms, ratio, table, verdict } from './print.mjs';
import { seeded } from './seed.mjs';

const LIST =
  '/operational-excellence/services?owner=group%3Adefault%2Fdepartment-3&state=overdue&sort=-backlogAge&limit=50';
const DETAIL = '/operational-excellence/services/component/default/service-33';
const TARGET = 2;

/** Refuses to measure what is not what it should be. */
async function check(url, token) {
  const headers = { authorization: `Bearer ${token}` };
  const list = await (await fetch(`${url}${LIST}`, { headers })).json();
  assert.equal(list.items?.length, 50, JSON.stringify(list));
  const ages = list.items.map(item => item.backlog.oldestCreatedAt);
  assert.deepEqual(ages, [...ages].sort());
  assert.ok(list.items.every(item => item.state === 'overdue'));
  const detail = await (await fetch(`${url}${DETAIL}`, { headers })).json();
  assert.ok(detail.backlog?.openCount > 0, JSON.stringify(detail));
  return list.totalItems;
}

/** Measures the API on a filled database of its own. */
export async function main({
  server,
  services = 10_000,
  tickets = 1_000_000,
  ...options
}) {
  const settings = await seeded(server, { services, tickets });
  return measureApi(settings, options);
}

/**
 * @param {{ services: number, tickets: number }} settings of a backend whose
 * database is filled
 * @returns {Promise<{ listP50: number, floorP50: number }>} at one connection
 */
export async function measureApi(settings, { seconds = 3, rounds = 4 } = {}) {
  const { services, tickets } = settings;
  const backend = await startBackend(settings);
  try {
    await backend.ask('prepareFloor');
    const token = await backend.userToken();
    const matches = await check(backend.url, token);
    const urls = {
      'floor: one indexed page': `${backend.url}/bench/floor`,
      'GET /services': `${backend.url}${LIST}`,
      'GET /services/:kind/:namespace/:name': `${backend.url}${DETAIL}`,
    };
    await compare(urls, { token, connections: 1, seconds: 2, rounds: 1 });

    heading(
      `API, ${count(services)} services and ${count(
        tickets,
      )} tickets; the list shows 50 of ${count(
        matches,
      )} overdue services of a group, oldest backlog first`,
    );
    const result = {};
    for (const connections of [1, 10]) {
      const measured = await compare(urls, {
        token,
        connections,
        seconds,
        rounds,
      });
      const [floor, list] = Object.values(measured);
      if (connections === 1) Object.assign(result, { floor, list });
      table(
        Object.entries(measured).map(([name, figures]) => {
          const toFloor = figures.p50 / floor.p50;
          return {
            [`${connections} connection${connections > 1 ? 's' : ''}`]: name,
            p50: ms(figures.p50),
            p95: ms(figures.p95),
            p99: ms(figures.p99),
            'per second': count(figures.perSecond),
            bytes: count(figures.bytes),
            'p50 to floor': ratio(toFloor),
            [`target ≤ ${TARGET}×`]:
              figures === floor ? '' : verdict(toFloor <= TARGET),
          };
        }),
      );
    }
    return { listP50: result.list.p50, floorP50: result.floor.p50 };
  } finally {
    await backend.stop();
  }
}
