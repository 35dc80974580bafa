import { randomUUID } from 'crypto';
import { SourceRegistry } from '../sources';
import { logWords } from './failureWords';
import { ClaimedScope } from './ScopeClaims';
import { ScopeRun, ScopeRunOptions } from './ScopeRun';

export interface SyncEngineOptions extends ScopeRunOptions {
  sources: SourceRegistry;
  /** Runs at once. */
  concurrency: number;
}

interface Running {
  sourceId: string;
  controller: AbortController;
  ended: Promise<void>;
}

/**
 * Reads the scopes that are due, some at once. Any number of engines share the
 * scopes of one database.
 *
 * @remarks
 *
 * A run takes as long as it takes, so nobody waits for it: it is kept track of
 * here, notes its own failures and starts the next one when it has ended.
 */
export class SyncEngine {
  readonly #options: SyncEngineOptions;
  readonly #running = new Map<string, Running>();
  readonly #stop = new AbortController();
  #filling: Promise<void> | undefined;
  #fillAgain = false;
  #heartbeat: NodeJS.Timeout | undefined;

  static create(options: SyncEngineOptions) {
    return new SyncEngine(options);
  }

  private constructor(options: SyncEngineOptions) {
    this.#options = options;
  }

  /** Starts what is due, as far as there is room; one query if nothing is. */
  async tick(): Promise<void> {
    if (this.#filling) {
      // What became due after it looked would be missed.
      this.#fillAgain = true;
      return this.#filling;
    }
    this.#filling = this.#fill().finally(() => {
      this.#filling = undefined;
    });
    return this.#filling;
  }

  /** The same, in the background. */
  wake(): void {
    this.tick().catch(error =>
      this.#options.logger.error(
        `What is to be synchronised could not be found out: ${logWords(error)}`,
      ),
    );
  }

  /** Resolves when nothing runs any more and nothing is due. */
  async idle(): Promise<void> {
    while (this.#filling || this.#running.size > 0) {
      await this.#filling;
      await Promise.all([...this.#running.values()].map(({ ended }) => ended));
    }
  }

  /**
   * Ends all runs: pages that are being stored are stored, claims are given up.
   */
  async stop(): Promise<void> {
    this.#stop.abort(new Error('The backend stops'));
    await this.#filling?.catch(() => undefined);
    await Promise.all([...this.#running.values()].map(({ ended }) => ended));
  }

  async #fill(): Promise<void> {
    do {
      this.#fillAgain = false;
      while (await this.#startNext());
    } while (this.#fillAgain);
  }

  async #startNext(): Promise<boolean> {
    const { claims, stores } = this.#options;
    const sourceIds = this.#sourcesWithRoom();
    if (sourceIds.length === 0 || this.#stop.signal.aborted) return false;

    const token = randomUUID();
    const scope = await claims.claimNext(stores.db, { sourceIds, token });
    if (!scope) return false;
    if (this.#stop.signal.aborted) {
      await claims.release(stores.db, scope);
      return false;
    }
    this.#start(scope);
    return true;
  }

  /**
   * The sources of which another scope may be read. No source takes more than
   * half of the room where there are several, so that one that hangs does not
   * keep the others waiting.
   */
  #sourcesWithRoom(): string[] {
    const { concurrency, sources } = this.#options;
    if (this.#running.size >= concurrency) return [];
    const ids = sources.ids();
    const perSource = ids.length > 1 ? Math.ceil(concurrency / 2) : concurrency;
    const runs = [...this.#running.values()];
    return ids.filter(
      id => runs.filter(({ sourceId }) => sourceId === id).length < perSource,
    );
  }

  #start(scope: ClaimedScope) {
    const controller = new AbortController();
    const run = ScopeRun.create(
      this.#options.sources.get(scope.sourceId)!,
      scope,
      {
        ...this.#options,
        signal: AbortSignal.any([controller.signal, this.#stop.signal]),
        stopSignal: this.#stop.signal,
      },
    );
    const ended = run.run().finally(() => {
      this.#running.delete(scope.token);
      if (this.#running.size === 0) this.#endHeartbeat();
      if (!this.#stop.signal.aborted) this.wake();
    });
    this.#running.set(scope.token, {
      sourceId: scope.sourceId,
      controller,
      ended,
    });
    this.#beginHeartbeat();
  }

  #beginHeartbeat() {
    const { claims } = this.#options;
    this.#heartbeat ??= setInterval(
      () => this.#beat(),
      claims.leaseMs / 3,
    ).unref();
  }

  #endHeartbeat() {
    clearInterval(this.#heartbeat);
    this.#heartbeat = undefined;
  }

  /** Renews the claims of what runs, and ends the runs that lost theirs. */
  #beat() {
    const { claims, logger, stores } = this.#options;
    const tokens = [...this.#running.keys()];
    claims.renew(stores.db, tokens).then(
      held => {
        for (const token of tokens) {
          if (!held.has(token)) {
            this.#running
              .get(token)
              ?.controller.abort(new Error('The claim was lost'));
          }
        }
      },
      // The claims last for two more attempts, and are checked with every page.
      error =>
        logger.warn(
          `The claims of running syncs could not be renewed: ${logWords(
            error,
          )}`,
        ),
    );
  }
}
