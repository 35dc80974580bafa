import { randomUUID } from 'crypto';
import { ConnectedSource, SourceRegistry } from '../sources';
import { logWords } from './failureWords';
import { HintedRead } from './HintedRead';
import { HintedScopes } from './HintedScopes';
import { Claim } from './ScopeClaims';
import { ScopeRun, ScopeRunOptions } from './ScopeRun';
import { SparingLog } from './SparingLog';

export interface SyncEngineOptions extends ScopeRunOptions {
  sources: SourceRegistry;
  /** What events hinted at; woken for when something is added. */
  hints: HintedScopes;
  /** Runs at once. */
  concurrency: number;
}

/** Timers know no more. */
const LONGEST_ALARM_MS = 3_600_000;

interface Running {
  sourceId: string;
  controller: AbortController;
  ended: Promise<void>;
}

interface Signals {
  /** Ends one run. */
  signal: AbortSignal;
  /** Ends all runs. */
  stopSignal: AbortSignal;
}

/**
 * Reads the scopes that are due, and what events hinted at, some at once. Any number of engines share the
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
  #alarm: NodeJS.Timeout | undefined;
  #isHintsTurn = false;
  readonly #errors: SparingLog;

  static create(options: SyncEngineOptions) {
    return new SyncEngine(options);
  }

  private constructor(options: SyncEngineOptions) {
    this.#options = options;
    const { logger } = options;
    this.#errors = SparingLog.create({ logger, level: 'error' });
  }

  /** Starts what is due, as far as there is room; one query if nothing is. */
  async tick(): Promise<void> {
    if (this.#filling) {
      // What became due after it looked would be missed.
      this.#fillAgain = true;
      return this.#filling;
    }
    this.#filling = this.#fill();
    return this.#filling;
  }

  /** The same, in the background. */
  wake(): void {
    this.tick().catch(error =>
      this.#errors.log(
        'tick',
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
   * Ends all runs: pages that are being stored are stored, claims are given up,
   * and what events hinted at is left to other replicas.
   */
  async stop(): Promise<void> {
    this.#stop.abort(new Error('The backend stops'));
    clearTimeout(this.#alarm);
    await this.#filling?.catch(() => undefined);
    await Promise.all([...this.#running.values()].map(({ ended }) => ended));
    this.#options.hints.giveUp();
    await this.#requestDue().catch(error =>
      this.#options.logger.warn(
        `What events hinted at is found by the next runs only: ${logWords(
          error,
        )}`,
      ),
    );
  }

  async #fill(): Promise<void> {
    try {
      do {
        this.#fillAgain = false;
        await this.#requestDue();
        while (await this.#startNext());
      } while (this.#fillAgain);
    } finally {
      // At once: whoever asks in between would wait for the next tick.
      this.#filling = undefined;
      this.#setAlarm();
    }
  }

  /** Makes due what is to be read as a whole because events hinted at it. */
  async #requestDue(): Promise<void> {
    const { claims, hints, stores } = this.#options;
    const due = hints.takeDue();
    if (due.length === 0) return;
    try {
      await claims.requestHinted(stores.db, due);
    } catch (error) {
      hints.putBack(due);
      throw error;
    }
  }

  /** Wakes when what events hinted at has waited as long as it should. */
  #setAlarm() {
    clearTimeout(this.#alarm);
    const at = this.#options.hints.nextReadyAt();
    if (at === undefined || this.#stop.signal.aborted) return;
    const { now = Date.now } = this.#options;
    const wait = Math.min(Math.max(at - now(), 1), LONGEST_ALARM_MS);
    this.#alarm = setTimeout(() => this.wake(), wait).unref();
  }

  async #startNext(): Promise<boolean> {
    const sourceIds = this.#sourcesWithRoom();
    if (sourceIds.length === 0 || this.#stop.signal.aborted) return false;

    // By turns, so that neither keeps the other waiting.
    this.#isHintsTurn = !this.#isHintsTurn;
    return this.#isHintsTurn
      ? (await this.#startHinted(sourceIds)) || this.#startDue(sourceIds)
      : (await this.#startDue(sourceIds)) || this.#startHinted(sourceIds);
  }

  async #startDue(sourceIds: string[]): Promise<boolean> {
    const { claims, stores } = this.#options;
    const token = randomUUID();
    const scope = await claims.claimNext(stores.db, { sourceIds, token });
    if (!scope) return false;
    return this.#start(scope, (connected, signals) =>
      ScopeRun.create(connected, scope, {
        ...this.#options,
        ...signals,
      }).run(),
    );
  }

  async #startHinted(sourceIds: string[]): Promise<boolean> {
    const { claims, hints, stores } = this.#options;
    const hinted = hints.take(sourceIds);
    if (!hinted) return false;
    let claim: Claim | undefined;
    try {
      claim = await claims.claimHinted(stores.db, hinted);
    } finally {
      if (!claim) hints.handOver(hinted);
    }
    if (!claim) {
      this.#fillAgain = true;
      return true;
    }
    const held = claim;
    return this.#start(held, (connected, signals) =>
      HintedRead.create(connected, hinted, held, {
        ...this.#options,
        ...signals,
      }).run(),
    );
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

  /** @param run - never rejects; ends the claim */
  #start(
    claim: Claim,
    run: (connected: ConnectedSource, signals: Signals) => Promise<void>,
  ): true {
    const { sourceId, token } = claim;
    const controller = new AbortController();
    const ended = run(this.#options.sources.get(sourceId)!, {
      signal: AbortSignal.any([controller.signal, this.#stop.signal]),
      stopSignal: this.#stop.signal,
    }).finally(() => {
      this.#running.delete(token);
      if (this.#running.size === 0) this.#endHeartbeat();
      if (!this.#stop.signal.aborted) this.wake();
    });
    this.#running.set(token, { sourceId, controller, ended });
    this.#beginHeartbeat();
    return true;
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
