// Starts programs of packages/backend/bench as processes of their own and talks
// with them.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const require = createRequire(import.meta.url);
const TRANSFORM = require.resolve('@backstage/cli/config/nodeTransform.cjs');

/** How long nothing may be read where scopes fail: longer than until a retry. */
const STALLED_MS = 120_000;

export function freePort() {
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
 * Starts a program of packages/backend/bench, which answers questions.
 *
 * @param {string} program
 * @param {object} settings what it reads as its argument
 */
export async function startProgram(program, settings) {
  const child = spawn(
    process.execPath,
    [
      '--no-warnings',
      '-r',
      TRANSFORM,
      `packages/backend/bench/${program}`,
      JSON.stringify(settings),
    ],
    {
      env: { ...process.env, NODE_ENV: 'production' },
      // The log of a real portal goes somewhere as well; here it is kept for
      // when the process dies.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  );
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', data => {
      log = (log + data).slice(-8000);
    });
  }

  const waiting = new Map();
  let died;
  child.on('exit', (code, signal) => {
    died = new Error(`The process ended (${signal ?? code}):\n${log}`);
    for (const { reject } of waiting.values()) reject(died);
    waiting.clear();
  });
  child.on('message', ({ id, answer, failure }) => {
    const question = waiting.get(id);
    waiting.delete(id);
    if (failure) question?.reject(new Error(failure));
    else question?.resolve(answer);
  });
  function answerTo(id, send) {
    return new Promise((resolve, reject) => {
      if (died) {
        reject(died);
        return;
      }
      waiting.set(id, { resolve, reject });
      send?.();
    });
  }

  let questions = 0;
  const ask = (name, given) => {
    const id = ++questions;
    return answerTo(id, () => child.send({ id, ask: name, given }));
  };

  await answerTo('started');
  return {
    ask,
    get log() {
      return log;
    },
    /** As a machine that goes away: without a chance to end anything. */
    async kill() {
      if (died) return;
      const exited = new Promise(resolve => child.once('exit', resolve));
      child.kill('SIGKILL');
      await exited;
    },
    async stop() {
      if (died) return;
      const exited = new Promise(resolve => child.once('exit', resolve));
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), 20_000);
      await exited;
      clearTimeout(force);
    },
  };
}

/**
 * @param {{ connection: string, services: number, tickets: number, scopes: number, concurrency?: number, port?: number }} settings of which
 * `port` is that of an earlier one that comes back
 * @param {string} [entry] the program of the backend
 */
export async function startBackend(settings, entry = 'backend.ts') {
  const port = settings.port ?? (await freePort());
  const program = await startProgram(entry, {
    concurrency: 4,
    ...settings,
    port,
  });
  const { ask } = program;
  const url = `http://127.0.0.1:${port}/api`;
  return {
    url,
    port,
    ask,
    kill: program.kill,
    stop: program.stop,
    get log() {
      return program.log;
    },
    /** A token of a user, as signing in as a guest gives it. */
    async userToken() {
      const response = await fetch(`${url}/auth/guest/refresh`, {
        headers: { 'x-requested-with': 'XMLHttpRequest' },
      });
      if (!response.ok) {
        throw new Error(`Signing in failed: ${await response.text()}`);
      }
      return (await response.json()).backstageIdentity.token;
    },
    /** Makes every scope of the simulated tracker due. */
    async requestSync() {
      const response = await fetch(
        `${url}/operational-excellence/sources/simulated/sync`,
        {
          method: 'POST',
          headers: { authorization: `Bearer ${await this.userToken()}` },
        },
      );
      if (response.status !== 202) {
        throw new Error(`The sync was refused: ${await response.text()}`);
      }
    },
    /**
     * Waits until the sync has come so far; answers how far that is.
     * Scopes may fail meanwhile, but not all there is to do.
     *
     * @param {(progress: object) => boolean} done
     */
    async until(done, { everyMs = 250, timeoutMs = 30 * 60_000 } = {}) {
      const end = Date.now() + timeoutMs;
      let movedAt = Date.now();
      let last = '';
      for (;;) {
        const progress = await ask('progress');
        if (done(progress)) return progress;
        const position = `${progress.succeeded} ${progress.requests}`;
        if (position !== last) movedAt = Date.now();
        last = position;
        if (progress.failing > 0 && Date.now() - movedAt > STALLED_MS) {
          throw new Error(
            `Scopes fail: ${JSON.stringify(progress)}\n${program.log}`,
          );
        }
        if (Date.now() > end) {
          throw new Error(
            `Not done in time: ${JSON.stringify(progress)}\n${program.log}`,
          );
        }
        await sleep(everyMs);
      }
    },
  };
}
