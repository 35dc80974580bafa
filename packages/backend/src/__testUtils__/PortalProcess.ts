import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

const PACKAGE = resolve(__dirname, '../..');
const ROOT = resolve(PACKAGE, '../..');
const KEPT_LINES = 200;

interface Awaited {
  pattern: RegExp;
  seen: () => void;
}

/** The backend of the portal in a process of its own, as `yarn start` runs it. */
export class PortalProcess {
  readonly #child: ChildProcess;
  readonly #lines: string[] = [];
  #awaited: Awaited[] = [];

  static start(options: { configPath: string }): PortalProcess {
    const child = spawn(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        'src/index.ts',
        '--config',
        resolve(ROOT, 'app-config.yaml'),
        '--config',
        options.configPath,
      ],
      {
        cwd: PACKAGE,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...process.env,
          NODE_ENV: 'development',
          ESBK_TSCONFIG_PATH: resolve(ROOT, 'tsconfig.json'),
        },
      },
    );
    return new PortalProcess(child);
  }

  private constructor(child: ChildProcess) {
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) createInterface(stream).on('line', line => this.#take(line));
    }
  }

  /** What it said last, for messages. */
  get lastWords(): string {
    return this.#lines.join('\n');
  }

  /** Resolves with the next line of the log that matches. */
  async said(pattern: RegExp, timeoutMs: number): Promise<void> {
    const failed = new AbortController();
    const seen = new Promise<void>(done => {
      this.#awaited.push({ pattern, seen: done });
    });
    const gone = once(this.#child, 'exit', failed).then(() => {
      throw new Error(`The portal ended.\n${this.lastWords}`);
    });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () =>
          reject(
            new Error(`The portal did not say ${pattern}.\n${this.lastWords}`),
          ),
        timeoutMs,
      );
    });
    try {
      await Promise.race([seen, gone, late]);
    } finally {
      clearTimeout(timer);
      gone.catch(() => undefined);
      failed.abort();
    }
  }

  /** Ends it, with `SIGKILL` at once and without a word. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) {
      return;
    }
    const ended = once(this.#child, 'exit');
    this.#child.kill(signal);
    await ended;
  }

  #take(line: string) {
    this.#lines.push(line);
    if (this.#lines.length > KEPT_LINES) this.#lines.shift();
    const [seen, waiting] = [
      this.#awaited.filter(({ pattern }) => pattern.test(line)),
      this.#awaited.filter(({ pattern }) => !pattern.test(line)),
    ];
    this.#awaited = waiting;
    seen.forEach(awaited => awaited.seen());
  }
}
