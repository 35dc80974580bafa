// A steady load of mixed reads on two replicas while they synchronise, of which
// one is killed in the middle.
import { setTimeout as sleep } from 'node:timers/promises';
import { count, heading, ms, note, table, verdict } from './print.mjs';
import { startReads } from './reads.mjs';
import { mixedReads } from './scorecardPaths.mjs';
import {
  seededScorecards,
  startScorecards,
  untilQuiet,
  valueOf,
  withTables,
} from './scorecardSeed.mjs';

const PER_SECOND = 200;
const REPLICAS = 2;

/** How many tickets of each scope change, each time that all of them are read. */
const TICKETS_TOUCHED = 10;
/** How long the tracker takes for a page of them. */
const LATENCY_MS = 500;
const LOOK_EVERY_MS = 2_000;
/** By a replica: those of one that died stay claimed for a while. */
const CLAIMED_AT_ONCE = 4;

const WARM_UP_MS = 5_000;

/** @param {{ sizes?: number[], minutes?: number, perSecond?: number }} options */
export async function replicas({
  server,
  sizes = [100_000],
  minutes = 10,
  perSecond = PER_SECOND,
}) {
  for (const services of sizes) {
    const settings = await seededScorecards(server, { services });
    await underLoad(
      { ...settings, latencyMs: LATENCY_MS },
      { minutes, perSecond },
    );
  }
}

async function underLoad(settings, { minutes, perSecond }) {
  const { connection } = settings;
  const started = [];
  try {
    for (let index = 0; index < REPLICAS; index++) {
      started.push(await startScorecards(settings));
    }
    await untilQuiet(connection);
    const targets = [];
    for (const backend of started) {
      await backend.ask('open');
      targets.push({ url: backend.url, token: await backend.userToken() });
    }
    const paths = mixedReads();
    const warmUp = startReads(targets, paths, {
      perSecond: perSecond / 4,
    });
    await sleep(WARM_UP_MS);
    await warmUp.stop();

    const syncing = keepSyncing(started, settings);
    const halves = [];
    try {
      const reads = startReads(targets, paths, { perSecond });
      const begin = performance.now();
      await sleep((minutes / 2) * 60_000);
      const before = await syncing.progress();
      reads.willDie(targets[REPLICAS - 1]);
      const diedAt = performance.now();
      await started[REPLICAS - 1].kill();
      await sleep((minutes / 2) * 60_000);
      const end = performance.now();
      const after = await syncing.progress();
      const summary = await reads.stop();
      halves.push(
        { name: 'two replicas', ...reads.during({ from: begin, to: diedAt }) },
        {
          name: 'one, after the other died',
          ...reads.during({ from: diedAt, to: end }),
        },
      );
      print(settings, { minutes, perSecond, halves, summary, before, after });
    } finally {
      await syncing.stop();
    }
  } catch (error) {
    const logs = started.map(({ log }) => log).join('\n');
    throw new Error(`${error.message}\n${logs}`, { cause: error });
  } finally {
    await Promise.all(started.map(backend => backend.stop()));
  }
}

/** Changes tickets and has all scopes read again, over and over. */
function keepSyncing(backends, { connection, scopes }) {
  const stopping = new AbortController();
  const [survivor] = backends;
  const pause = () =>
    sleep(LOOK_EVERY_MS, undefined, { signal: stopping.signal }).catch(
      error => {
        if (!stopping.signal.aborted) throw error;
      },
    );
  const running = (async () => {
    while (!stopping.signal.aborted) {
      for (const backend of backends) {
        // What happens upstream does not depend on who reads it.
        await backend
          .ask('touch', { tickets: TICKETS_TOUCHED })
          .catch(error => {
            if (backend === survivor) throw error;
          });
      }
      const { requests } = await survivor.ask('progress');
      await survivor.requestSync();
      do await pause();
      while (
        !stopping.signal.aborted &&
        (await survivor.ask('progress')).requests <
          requests + scopes - CLAIMED_AT_ONCE
      );
    }
  })();
  // It is awaited at the end.
  running.catch(() => {});
  return {
    progress: async () => ({
      ...(await survivor.ask('progress')),
      stored: await withTables(connection, client =>
        valueOf(client, 'select sum(cursor::bigint)::float8 from scopes'),
      ),
    }),
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

function print(
  settings,
  { after, before, halves, minutes, perSecond, summary },
) {
  heading(
    `${perSecond} reads a second for ${minutes} minutes, ${count(
      settings.services,
    )} services, ${count(settings.tickets)} tickets, while ${count(
      settings.scopes,
    )} scopes are read over and over, each with ${TICKETS_TOUCHED} changed tickets`,
  );
  table(
    halves.map(half => ({
      replicas: half.name,
      reads: count(half.reads),
      p50: ms(half.p50),
      p95: ms(half.p95),
      p99: ms(half.p99),
      longest: ms(half.most),
    })),
  );
  note(
    `Lost with the replica that was killed, for they were on their way: ${count(
      summary.inFlight,
    )}; failed otherwise: ${count(summary.failed)}${
      summary.failed ? ` ${JSON.stringify(summary.failures)}` : ''
    }; target none: ${verdict(summary.failed === 0)}`,
  );
  note(
    `Sent again, for the connection had just been closed: ${count(
      summary.again,
    )}`,
  );
  note(
    `Tickets read by the sync until then: ${count(
      before.stored,
    )}; until the end: ${count(after.stored)}; scopes that fail: ${count(
      after.failing,
    )}`,
  );
}
