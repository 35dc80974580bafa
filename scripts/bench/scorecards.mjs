// What the views of a whole organisation cost as it grows: a page of services, the
// sums of groups, a history, the file of all services; and what goes on behind
// them, a changed policy and the points of a day. Each against as little as
// PostgreSQL needs for the same, in the same run.
import { count, heading, ms, note, ratio, table, verdict } from './print.mjs';
import { measureChanges, measurePoints } from './scorecardChanges.mjs';
import {
  check,
  measureCsv,
  measurePages,
  prepareFloors,
} from './scorecardPages.mjs';
import {
  seededScorecards,
  startScorecards,
  untilQuiet,
  withTables,
} from './scorecardSeed.mjs';

const SIZES = [1_000, 10_000, 100_000];
const GROWTH_TARGET = 1.5;

/** @param {{ sizes?: number[], seconds?: number }} options */
export async function scorecards({ server, sizes = SIZES, seconds = 3 }) {
  const measured = [];
  for (const services of sizes) {
    const settings = await seededScorecards(server, { services });
    const pages = await measureBackend(settings, seconds);
    const changes = await measureChanges(settings);
    measured.push({ services, ...pages, ...changes });
  }
  growthTable(measured);
}

async function measureBackend(settings, seconds) {
  const { connection, services, tickets } = settings;
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
    const pages = await measurePages(backend, token, seconds);
    const csv = await measureCsv(backend, token, settings);
    const points = await measurePoints(backend, token, settings);
    return { ...pages, csv, points };
  } catch (error) {
    throw new Error(`${error.message}\n${backend.log}`, { cause: error });
  } finally {
    await backend.stop();
  }
}

/** How each figure grows from one size to the next. */
function growthTable(measured) {
  if (measured.length < 2) return;
  const inMs = ({ ms: value }) => [value, ms(value)];
  const inSeconds = ({ seconds }) => [seconds, `${seconds.toFixed(2)} s`];
  const inRows = ({ perSecond }) => [perSecond, `${count(perSecond)} rows/s`];
  const figures = {
    page: ['GET /services, overdue of a group, p50', inMs],
    first: ['GET /services, all, p50', inMs],
    rollups: ['GET /rollups?by=owner, p95', inMs],
    history: ['GET /history, p50', inMs],
    csv: ['GET /services.csv', inRows],
    policy: ['change of a policy', inSeconds],
    points: ['points of a day', inSeconds],
  };
  const [before, last] = measured.slice(-2);
  heading('As the organisation grows');
  table(
    Object.entries(figures).map(([key, [name, read]]) => ({
      figure: name,
      ...Object.fromEntries(
        measured.map(size => [count(size.services), read(size[key])[1]]),
      ),
      'last growth': ratio(read(last[key])[0] / read(before[key])[0]),
      target:
        key === 'page'
          ? `≤ ${GROWTH_TARGET}×: ${verdict(
              last.page.ms <= GROWTH_TARGET * before.page.ms,
            )}`
          : '',
    })),
  );
  note(
    `Services grow ${ratio(
      last.services / before.services,
    )} with the last step; at 1,000 not every group owns some.`,
  );
}
