// Runs the tests of all packages, or of the paths given. Stores are tested on
// SQLite and on a real PostgreSQL: the server that
// BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING (or another of
// Backstage's variables) names, else one that is started here.
import { spawn } from 'node:child_process';
import { startPostgres } from './postgres.mjs';

const hasServer = Object.keys(process.env).some(name =>
  /^BACKSTAGE_TEST_DATABASE_POSTGRES\d+_CONNECTION_STRING$/.test(name),
);
const postgres = hasServer ? undefined : await startPostgres();

const args = process.argv.slice(2);
if (!args.some(arg => arg.startsWith('--watch'))) args.push('--watch=false');
// Jest's five seconds are not enough for a database on a busy machine.
if (!args.some(arg => arg.startsWith('--testTimeout'))) {
  args.push('--testTimeout=60000');
}

const child = spawn('backstage-cli', ['repo', 'test', ...args], {
  stdio: 'inherit',
  env: {
    ...process.env,
    PATH: `${process.cwd()}/node_modules/.bin:${process.env.PATH}`,
    BACKSTAGE_TEST_DISABLE_DOCKER: '1',
    ...(postgres && {
      BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING:
        postgres.connectionString,
    }),
  },
});

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => child.kill(signal));
}
child.on('error', error => {
  process.stderr.write(`The tests could not be started: ${error.message}\n`);
  process.exitCode = 1;
});
child.on('close', async (code, signal) => {
  await postgres?.stop();
  process.exitCode = signal ? 1 : code;
});
