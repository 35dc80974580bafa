import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';
import { PortalProcess } from './PortalProcess';

const STARTS_WITHIN_MS = 120_000;
const CHANGES_WITHIN_MS = 120_000;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(done => {
    server.listen(0, '127.0.0.1', done);
  });
  const address = server.address();
  await new Promise(done => {
    server.close(done);
  });
  if (address === null || typeof address === 'string') {
    throw new Error('No port was given');
  }
  return address.port;
}

/**
 * The portal of app-config.yaml on a port and with databases of its own, in a
 * hurry. It can be ended and started again.
 */
export class TestPortal {
  readonly #directory: string;
  readonly #baseUrl: string;
  readonly #port: number;
  #process?: PortalProcess;
  #token?: string;

  static async create(): Promise<TestPortal> {
    const directory = await mkdtemp(join(tmpdir(), 'operational-excellence-'));
    return new TestPortal(directory, await freePort());
  }

  private constructor(directory: string, port: number) {
    this.#directory = directory;
    this.#port = port;
    this.#baseUrl = `http://127.0.0.1:${port}`;
  }

  /** Starts a process; resolves before it can be asked. */
  async launch(options: { demo?: boolean } = {}): Promise<PortalProcess> {
    const configPath = join(this.#directory, 'app-config.yaml');
    await writeFile(
      configPath,
      stringify({
        backend: {
          baseUrl: this.#baseUrl,
          listen: { port: this.#port },
          database: { connection: { directory: this.#directory } },
        },
        operationalExcellence: {
          services: { refreshEvery: 'PT2S' },
          sync: { tickEvery: 'PT1S' },
          sources: {
            awsFis: [
              {
                accountId: '123456789012',
                regions: ['eu-west-1', 'us-east-1'],
                endpoint: `${this.#baseUrl}/api/aws-fis-local`,
                // What the demo seeds is to be read without it.
                schedule: { every: 'PT1H' },
              },
            ],
          },
        },
        operationalExcellenceDemo: { enabled: options.demo ?? true },
      }),
    );
    this.#token = undefined;
    this.#process = PortalProcess.start({ configPath });
    return this.#process;
  }

  async start(options: { demo?: boolean } = {}): Promise<void> {
    const started = await this.launch(options);
    await started.said(/Plugin initialization complete/, STARTS_WITHIN_MS);
  }

  async stop(): Promise<void> {
    await this.#process?.end('SIGTERM');
  }

  async remove(): Promise<void> {
    await this.#process?.end('SIGKILL');
    await rm(this.#directory, { recursive: true });
  }

  /** Asks an API as somebody who signed in as a guest. */
  async get<T>(path: string): Promise<T> {
    this.#token ??= await this.#signIn();
    return this.#json<T>(path, { Authorization: `Bearer ${this.#token}` });
  }

  /** Asks until the answer is as wanted. */
  async until<T>(path: string, isWanted: (answer: T) => boolean): Promise<T> {
    const end = Date.now() + CHANGES_WITHIN_MS;
    for (;;) {
      const answer = await this.get<T>(path);
      if (isWanted(answer)) return answer;
      if (Date.now() > end) {
        throw new Error(
          `${path} did not become what was wanted; it is ${JSON.stringify(
            answer,
          ).slice(0, 2_000)}\n${this.#process?.lastWords}`,
        );
      }
      await sleep(500);
    }
  }

  async #signIn(): Promise<string> {
    const { backstageIdentity } = await this.#json<{
      backstageIdentity: { token: string };
    }>('/api/auth/guest/refresh', { 'X-Requested-With': 'XMLHttpRequest' });
    return backstageIdentity.token;
  }

  async #json<T>(path: string, headers: Record<string, string>): Promise<T> {
    const response = await fetch(`${this.#baseUrl}${path}`, { headers });
    if (!response.ok) {
      throw new Error(
        `GET ${path}: ${response.status} ${await response.text()}`,
      );
    }
    return response.json() as Promise<T>;
  }
}
