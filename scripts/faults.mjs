// Lets the upstreams of sources fail in every way that is known, and looks what a
// portal makes of it, on a PostgreSQL that is started here:
//
//   yarn faults                     all sources
//   yarn faults github redmine      those named
//   yarn faults github --fault html one fault only, or several
//   yarn faults --sqlite            on SQLite
//
// Ends with 1 if a figure was wrong that looked right. Real time-outs are waited
// for: some minutes for each source.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { createDatabase } from './bench/databases.mjs';
import { startPostgres } from './postgres.mjs';

const SOURCES = [
  'github',
  'jira',
  'jira-data-center',
  'gitlab',
  'redmine',
  'aws-fis',
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    fault: { type: 'string', multiple: true, default: [] },
    sqlite: { type: 'boolean', default: false },
  },
});
const sources = positionals.length > 0 ? positionals : SOURCES;

const server = values.sqlite ? undefined : await startPostgres();
try {
  const require = createRequire(import.meta.url);
  const child = spawn(
    process.execPath,
    [
      '--no-warnings',
      '-r',
      require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      'packages/backend/faults/main.ts',
      JSON.stringify({
        hasServer: server !== undefined,
        sources,
        faults: values.fault,
      }),
    ],
    { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
  );
  child.on('message', async message => {
    // The transform of TypeScript tells what it reads by the same channel.
    if (message !== 'database') return;
    const { connection } = await createDatabase(server);
    child.send(connection);
  });
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => child.kill(signal));
  }
  process.exitCode = await new Promise(resolve => {
    child.on('exit', (code, signal) => resolve(signal ? 1 : code));
  });
} finally {
  await server?.stop();
}
