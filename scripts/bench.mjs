// Benchmarks, on a PostgreSQL that is started here:
//
//   yarn bench              all of them but the last three
//   yarn bench main sync    those named
//   yarn bench scorecards --sizes 1000,10000
//                           with so many services each time
//   yarn bench scorecards500k
//                           half a million services
//   yarn bench replicas --minutes 2 --sizes 100000
//                           a steady load on two replicas of which one dies, for
//                           ten minutes unless told otherwise
//   yarn bench browser      what the plugin costs a browser; needs Chromium
//
// Every figure comes from one run on one machine: compare what stands in the
// same table.
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { browser } from './bench/browser.mjs';
import { filing } from './bench/filing.mjs';
import { growth } from './bench/growth.mjs';
import { main } from './bench/main.mjs';
import { heading } from './bench/print.mjs';
import { replicas } from './bench/replicas.mjs';
import { scorecards } from './bench/scorecards.mjs';
import { scorecards500k } from './bench/scorecards500k.mjs';
import { memory, sync } from './bench/sync.mjs';
import { jira, redmine } from './bench/trackers.mjs';
import { startPostgres } from './postgres.mjs';

const benches = {
  main,
  async sync(options) {
    await sync(options);
    await redmine(options);
    await jira(options);
  },
  memory,
  growth,
  filing,
  scorecards,
};

/** Too long to run unless asked for. */
const onlyNamed = { scorecards500k, replicas, browser };

const { positionals: names, values } = parseArgs({
  allowPositionals: true,
  options: { minutes: { type: 'string' }, sizes: { type: 'string' } },
});
const options = {
  ...(values.minutes && { minutes: Number(values.minutes) }),
  ...(values.sizes && { sizes: values.sizes.split(',').map(Number) }),
};
const all = { ...benches, ...onlyNamed };
const unknown = names.filter(name => !Object.hasOwn(all, name));
if (unknown.length > 0) {
  process.stderr.write(
    `There is no benchmark ${unknown.join(', ')}; there are ${Object.keys(
      all,
    ).join(', ')}\n`,
  );
  process.exit(1);
}

const server = await startPostgres({
  flags: [
    ...['-c', 'shared_buffers=512MB'],
    ...['-c', 'max_wal_size=4GB'],
    // Only where it is looked at, for it takes time itself.
    ...(names.includes('scorecards500k')
      ? ['-c', 'shared_preload_libraries=pg_stat_statements']
      : []),
  ],
});
heading(
  `Node ${process.version}, PostgreSQL on the same machine, ${
    cpus().length
  } × ${cpus()[0].model}`,
);
try {
  for (const name of names.length > 0 ? names : Object.keys(benches)) {
    await all[name]({ server, ...options });
  }
} finally {
  await server.stop();
}
