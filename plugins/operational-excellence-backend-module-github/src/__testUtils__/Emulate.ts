import { ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The token of the administrator `admin`, whom the server knows from its start. */
export const EMULATE_TOKEN = 'test_token_admin';

const READY_WITHIN_MS = 20_000;

/** Emulate listens on all addresses; in tests it is to listen on one. */
const LOCAL_ONLY = `data:text/javascript,${encodeURIComponent(`
  import { Server } from 'node:net';
  const { listen } = Server.prototype;
  Server.prototype.listen = function (port, host, ...rest) {
    return listen.call(this, port, host ?? '127.0.0.1', ...rest);
  };
`)}`;

/** An issue as the API of the server answers with it. */
export interface EmulateIssue {
  id: number;
  number: number;
  updated_at: string;
}

/**
 * A GitHub server that nobody here wrote: the npm package `emulate`, as a process
 * of its own. What it lacks, as of 0.8.0:
 *
 * - It takes every token for one of its administrator's, also an unknown one.
 * - GitHub Apps: it refuses every JWT, because it wants to verify it with the
 *   private key.
 * - No etags, no `retry-after`, no secondary rate limits, no redirects of renamed
 *   or transferred repositories, 404 instead of 410 for issues switched off, 401
 *   instead of 404 for private repositories without a token.
 * - Its lists of issues never hold pull requests, and its issues cannot be deleted.
 * - Names of repositories are compared with regard to case.
 * - Instants have milliseconds; `since` is compared as text.
 */
export class Emulate {
  static async start(): Promise<Emulate> {
    // Empty, so that it finds no configuration there.
    const folder = await mkdtemp(join(tmpdir(), 'emulate-'));
    const port = await freePort();
    const child = spawn(
      process.execPath,
      [
        ...['--import', LOCAL_ONLY],
        entryPoint(),
        'start',
        ...['--service', 'github'],
        ...['--port', String(port)],
        ...['--base-url', `http://127.0.0.1:${port}`],
      ],
      { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    const emulate = new Emulate(`http://127.0.0.1:${port}`, child, folder);
    try {
      await emulate.ready();
    } catch (error) {
      await emulate.stop();
      throw error;
    }
    return emulate;
  }

  private complaints = '';

  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {
    child.stderr?.on('data', data => {
      this.complaints += data;
    });
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const ended = new Promise(resolve => this.child.once('exit', resolve));
      this.child.kill('SIGKILL');
      await ended;
    }
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Creates a repository of `admin`. */
  async createRepository(
    name: string,
    options: { private?: boolean } = {},
  ): Promise<void> {
    await this.call('POST', '/user/repos', { name, ...options });
  }

  async createIssue(
    repository: string,
    issue: { title: string; labels?: string[] },
  ): Promise<EmulateIssue> {
    return this.call('POST', `/repos/${repository}/issues`, issue);
  }

  async updateIssue(
    repository: string,
    number: number,
    patch: {
      title?: string;
      state?: 'open' | 'closed';
      state_reason?: 'completed' | 'not_planned';
      labels?: string[];
      assignees?: string[];
    },
  ): Promise<EmulateIssue> {
    return this.call('PATCH', `/repos/${repository}/issues/${number}`, patch);
  }

  /** Any call of the API, as the administrator. */
  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const { status, json } = await this.send(method, path, body);
    if (status >= 300) {
      throw new Error(`${method} ${path}: ${status} ${JSON.stringify(json)}`);
    }
    return json as T;
  }

  /** A call whose failure is of interest. */
  async send(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; json: unknown }> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${EMULATE_TOKEN}`,
        'content-type': 'application/json',
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    return { status: response.status, json: await response.json() };
  }

  private async ready(): Promise<void> {
    const until = Date.now() + READY_WITHIN_MS;
    for (;;) {
      if (this.child.exitCode !== null) {
        throw new Error(`emulate ended: ${this.complaints}`);
      }
      try {
        await this.call('GET', '/rate_limit');
        return;
      } catch (error) {
        if (Date.now() > until) {
          throw new Error(
            `emulate did not start: ${error}; ${this.complaints}`,
          );
        }
        await sleep(50);
      }
    }
  }
}

// The package exports nothing that `require.resolve` would find.
function entryPoint(): string {
  const path = (require.resolve.paths('emulate') ?? [])
    .map(folder => join(folder, 'emulate/dist/index.js'))
    .find(existsSync);
  if (!path) throw new Error('The package emulate is not installed');
  return path;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object'
          ? resolve(address.port)
          : reject(new Error('No free port')),
      );
    });
  });
}
