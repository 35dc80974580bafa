// How fast the sync stores tickets, how many requests it makes and how much
// memory it takes.
import { count, heading, mib, note, ratio, table, verdict } from './print.mjs';
import { firstSync } from './seed.mjs';

const SERVICES = 10_000;
const PAGE_SIZE = 100;

/** Stored tickets per second, against a bare multi-row upsert of the same rows. */
export async function sync({ server, tickets = 100_000, scopes = 100 }) {
  const { backend, seconds } = await firstSync(server, {
    services: SERVICES,
    tickets,
    scopes,
  });
  try {
    const stored = await backend.ask('rowsOf', 'tickets');
    if (stored !== tickets) {
      throw new Error(`${stored} of ${tickets} tickets were stored`);
    }
    const bareSeconds = (await backend.ask('upsertAgain')) / 1000;
    const perSecond = stored / seconds;
    const barePerSecond = stored / bareSeconds;

    heading(
      `Sync, first of ${count(tickets)} tickets of ${count(
        SERVICES,
      )} services in ${count(scopes)} scopes, pages of ${PAGE_SIZE}, 4 at once`,
    );
    table([
      {
        stored: 'bare multi-row upsert, a transaction per page',
        seconds: bareSeconds.toFixed(1),
        'tickets per second': count(barePerSecond),
        'to bare': '1.00×',
        'target ≥ 0.5×': '',
      },
      {
        stored: 'sync: rows, matches, cursor and status',
        seconds: seconds.toFixed(1),
        'tickets per second': count(perSecond),
        'to bare': ratio(perSecond / barePerSecond),
        'target ≥ 0.5×': verdict(perSecond >= 0.5 * barePerSecond),
      },
    ]);
    await requests(backend, { tickets, scopes });
  } finally {
    await backend.stop();
  }
}

async function requests(backend, { tickets, scopes }) {
  const first = await backend.ask('trackerRequests');
  const firstPages = scopes * Math.ceil(tickets / scopes / PAGE_SIZE);

  const changedPages = await backend.ask('touch', {
    scopes: Math.ceil(scopes / 10),
    tickets: 250,
  });
  const before = await backend.ask('progress');
  await backend.requestSync();
  await backend.until(
    ({ requests: made }) =>
      made - before.requests >= changedPages + scopes - Math.ceil(scopes / 10),
    { timeoutMs: 5 * 60_000 },
  );
  await backend.until(({ running }) => running === 0);
  const second = await backend.ask('trackerRequests');

  heading('Upstream requests');
  table(
    [
      ['first sync', firstPages, first.pages, first.verifications],
      [
        'sync after changes in a tenth of the scopes',
        changedPages,
        second.pages - first.pages,
        second.verifications - first.verifications,
      ],
    ].map(([run, pages, asked, verified]) => ({
      run,
      scopes,
      'changed pages': count(pages),
      requests: count(asked),
      'to prove the credentials': count(verified),
      'target ≤ pages + scopes': verdict(asked + verified <= pages + scopes),
    })),
  );
}

/** The most memory that the process takes during a first sync. */
export async function memory({ server, sizes = [100_000, 1_000_000] }) {
  const rows = [];
  for (const tickets of sizes) {
    const {
      backend,
      memory: peak,
      seconds,
    } = await firstSync(server, {
      services: SERVICES,
      tickets,
    });
    await backend.stop();
    rows.push({ tickets, seconds, ...peak });
  }
  const [small, large] = [rows[0], rows[rows.length - 1]];
  const growth = large.peakRss / small.peakRss;
  heading('Memory of the backend process during a first sync');
  table(
    rows.map(row => ({
      tickets: count(row.tickets),
      seconds: row.seconds.toFixed(1),
      'tickets per second': count(row.tickets / row.seconds),
      'peak RSS': mib(row.peakRss),
      'peak heap': mib(row.peakHeap),
    })),
  );
  note(
    `From ${count(small.tickets)} to ${count(
      large.tickets,
    )} tickets the peak RSS grows ${ratio(
      growth,
    )}; target flat (≤ 1.2×): ${verdict(growth <= 1.2)}`,
  );
}
