// Benchmarks, on a PostgreSQL that is started here:
//
//   yarn bench              all of them
//   yarn bench main sync    those named
//
// Every figure comes from one run on one machine: compare what stands in the
// same table.
import { cpus } from 'node:os';
import { filing } from './bench/filing.mjs';
import { growth } from './bench/growth.mjs';
import { main } from './bench/main.mjs';
import { heading } from './bench/print.mjs';
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
};

const names = process.argv.slice(2);
const unknown = names.filter(name => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  process.stderr.write(
    `There is no benchmark ${unknown.join(', ')}; there are ${Object.keys(
      benches,
    ).join(', ')}\n`,
  );
  process.exit(1);
}

const server = await startPostgres({
  flags: ['-c', 'shared_buffers=512MB', '-c', 'max_wal_size=4GB'],
});
heading(
  `Node ${process.version}, PostgreSQL on the same machine, ${
    cpus().length
  } × ${cpus()[0].model}`,
);
try {
  for (const name of names.length > 0 ? names : Object.keys(benches)) {
    await benches[name]({ server });
  }
} finally {
  await server.stop();
}
