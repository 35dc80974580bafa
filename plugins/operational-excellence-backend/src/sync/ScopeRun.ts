import { LoggerService } from '@backstage/backend-plugin-api';
import {
  MissingContainer,
  TicketSource,
} from 'backstage-plugin-operational-excellence-node';
import { Knex } from 'knex';
import { ConnectedSource } from '../sources';
import { ScopeGroups, StatusUpdater } from '../status';
import { logWords, failureWords, StoringError } from './failureWords';
import { guarded } from './guarded';
import { inTransaction } from './inTransaction';
import { ProgressGuard } from './ProgressGuard';
import { findMissing } from './reconcileScope';
import { retryAtOf, retryDelay, upstreamErrorOf } from './retryDelay';
import { ClaimedScope, LostClaimError, ScopeClaims } from './ScopeClaims';
import { ScopeContainers } from './ScopeContainers';
import { servicesOfScope, sourcePages, SourceStores } from './sourcePages';
import { SourceVerifier } from './SourceVerifier';
import { storeGuardrails } from './storeGuardrails';

/** Removed in one transaction. */
const REMOVE_BATCH = 1000;

export interface ScopeRunOptions {
  claims: ScopeClaims;
  groups: ScopeGroups;
  logger: LoggerService;
  status: StatusUpdater;
  stores: SourceStores;
  verifier: SourceVerifier;
  /** How long a source may take for one page. */
  stallMs: number;
  random?: () => number;
  now?: () => number;
}

/** One run of one scope: reads what changed, and now and then what still exists. */
export class ScopeRun {
  readonly #options: ScopeRunOptions;
  readonly #connected: ConnectedSource;
  readonly #scope: ClaimedScope;
  readonly #signal: AbortSignal;
  readonly #stopSignal: AbortSignal;
  readonly #containers = ScopeContainers.create();
  /** What services named when the run began. */
  #named: string[] = [];
  /** The services that name something among it that was never read. */
  #awaiting: ReadonlySet<number> = new Set();
  /** What of it the upstream does not know, by container. */
  readonly #missing = new Map<string, MissingContainer>();
  #hasReadChanges = false;

  /**
   * @param options - `signal`: ends this run; `stopSignal`: ends all runs
   */
  static create(
    connected: ConnectedSource,
    scope: ClaimedScope,
    options: ScopeRunOptions & { signal: AbortSignal; stopSignal: AbortSignal },
  ) {
    return new ScopeRun(connected, scope, options);
  }

  private constructor(
    connected: ConnectedSource,
    scope: ClaimedScope,
    options: ScopeRunOptions & { signal: AbortSignal; stopSignal: AbortSignal },
  ) {
    this.#options = options;
    this.#connected = connected;
    this.#scope = scope;
    this.#signal = options.signal;
    this.#stopSignal = options.stopSignal;
  }

  /**
   * Runs to the end. Never rejects: a failure is noted on the scope, and where
   * not even that is possible, the claim runs out.
   */
  async run(): Promise<void> {
    try {
      await this.#read();
    } catch (error) {
      try {
        await this.#end(error);
      } catch (endError) {
        if (endError instanceof LostClaimError) this.#logLost();
        else {
          this.#options.logger.error(
            `${
              this.#name
            }: how its run ended could not be noted, so it runs again when the claim has run out: ${logWords(
              endError,
            )}`,
          );
        }
      }
    }
  }

  async #read(): Promise<void> {
    const { verifier } = this.#options;
    await verifier.verify(this.#connected, { signal: this.#stopSignal });
    if (this.#connected.kind === 'ticket') await this.#beginContainers();
    try {
      const rows = await this.#readChanges();
      this.#hasReadChanges = true;
      const removed = await this.#reconcileIfDue();
      this.#options.logger.debug(
        `${this.#name}: read ${rows} rows, removed ${removed}`,
      );
    } catch (error) {
      // A failure of ours says nothing about the source.
      if (!(error instanceof StoringError) && !this.#signal.aborted) {
        verifier.distrust(this.#connected.id);
      }
      throw error;
    }
  }

  /**
   * What services name after this is none of the run, but of the next one, which
   * then is due at once.
   */
  async #beginContainers(): Promise<void> {
    await this.#store(async tx => {
      await this.#options.claims.hold(tx, this.#scope);
      this.#named = await this.#containers.begin(tx, this.#scope.id);
      this.#awaiting = await this.#containers.awaiting(tx, this.#scope.id);
    });
  }

  async #readChanges(): Promise<number> {
    const { stallMs, stores } = this.#options;
    const signal = this.#signal;
    const containers = this.#named;
    const progress = new ProgressGuard();
    let rows = 0;
    const pages = guarded(
      sourcePages(this.#connected, this.#scope, { containers, stores, signal }),
      { signal, stallMs },
    );
    for await (const page of pages) {
      progress.check(page);
      rows += page.rowIds.length;
      page.missing.forEach(each => this.#missing.set(each.container, each));
      await this.#store(async tx => {
        await this.#options.claims.advance(tx, this.#scope, page);
        const touched = await page.store(tx);
        // Half a first answer is no answer: the figures follow once it is whole.
        if (!this.#scope.isFirst) {
          await this.#options.status.recompute(
            tx,
            touched.filter(id => !this.#awaiting.has(id)),
          );
        }
      });
      signal.throwIfAborted();
    }
    return rows;
  }

  /**
   * Notes that the changes were read, before the reconcile, which may fail for
   * itself: what was read is up to date all the same.
   */
  async #reconcileIfDue(): Promise<number> {
    const { claims, groups, status } = this.#options;
    const scope = this.#scope;
    const mustReconcile = scope.reconcileDue && this.#canReconcile;

    await this.#store(async tx => {
      await claims.answered(tx, scope);
      const settled = await this.#containers.settle(tx, scope.id, {
        containers: this.#named,
        missing: [...this.#missing.values()],
      });
      await status.recompute(
        tx,
        scope.isFirst ? await servicesOfScope(tx, scope) : settled,
      );
      await groups.renew(tx, scope.id);
      if (mustReconcile) return;
      if (scope.reconcileDue) await this.#planReconcile(tx);
      await this.#succeed(tx);
    });
    if (!mustReconcile) return 0;

    const removed = await this.#reconcile();
    await this.#store(async tx => {
      await this.#planReconcile(tx);
      await this.#succeed(tx);
    });
    return removed;
  }

  /** Half a first answer lacks what no reconcile could find missing. */
  get #canReconcile(): boolean {
    return this.#connected.kind === 'ticket'
      ? !this.#scope.isFirst && this.#connected.source.reconcile !== undefined
      : this.#connected.source.guardrails !== undefined;
  }

  /** Reads slowly what changes seldom; answers how many rows were removed. */
  async #reconcile(): Promise<number> {
    const { stallMs, stores } = this.#options;
    if (this.#connected.kind === 'ticket') {
      return this.#removeMissing(this.#connected.source);
    }
    return storeGuardrails(this.#connected.source, this.#scope, {
      claims: this.#options.claims,
      signal: this.#signal,
      stallMs,
      stores,
      store: work => this.#store(work),
    });
  }

  async #removeMissing(source: TicketSource): Promise<number> {
    const { claims, stallMs, status, stores, verifier } = this.#options;
    const missing = await findMissing(source, this.#scope, {
      ...stores,
      containers: this.#named,
      signal: this.#signal,
      stallMs,
      verify: () =>
        verifier.verifyAnew(this.#connected, { signal: this.#stopSignal }),
    });
    const externalIds = [...missing];
    for (let start = 0; start < externalIds.length; start += REMOVE_BATCH) {
      this.#signal.throwIfAborted();
      await this.#store(async tx => {
        await claims.hold(tx, this.#scope);
        const touched = await stores.tickets.remove(tx, {
          scopeId: this.#scope.id,
          externalIds: externalIds.slice(start, start + REMOVE_BATCH),
        });
        await status.recompute(tx, touched);
      });
    }
    return externalIds.length;
  }

  async #planReconcile(tx: Knex.Transaction) {
    const { claims, random = Math.random } = this.#options;
    const { reconcileEvery } = this.#connected.schedule;
    // Spread out, so that scopes that were found together part.
    await claims.reconciled(tx, this.#scope, {
      nextIn: reconcileEvery * (1 - random() / 4),
    });
  }

  async #succeed(tx: Knex.Transaction) {
    const { claims, random = Math.random } = this.#options;
    const { every } = this.#connected.schedule;
    await claims.succeed(tx, this.#scope, {
      nextIn: every * (1 - random() / 10),
    });
  }

  async #end(error: unknown): Promise<void> {
    const { claims, logger, stores } = this.#options;
    if (error instanceof LostClaimError) {
      this.#logLost();
      return;
    }
    if (this.#signal.aborted) {
      await claims.release(stores.db, this.#scope);
      logger.debug(`${this.#name}: stopped; goes on from its last page`);
      return;
    }
    const { every } = this.#connected.schedule;
    const { now = Date.now, random } = this.#options;
    const failures = this.#scope.consecutiveFailures + 1;
    const retryAt = retryAtOf(error);
    const nextIn = retryDelay({
      every,
      failures,
      random,
      retryAfter: retryAt === undefined ? undefined : retryAt - now(),
    });
    await inTransaction(stores.db, async tx => {
      await claims.fail(tx, this.#scope, {
        message: failureWords(error),
        nextIn,
        mustWait: retryAt !== undefined && retryAt > now(),
      });
      await this.#noteAbsence(tx, error);
    });
    logger.warn(
      `${this.#name}: failed for the ${ordinal(
        failures,
      )} time in a row, runs again in ${Math.round(nextIn / 1000)} s: ${
        error instanceof StoringError
          ? logWords(error.cause)
          : failureWords(error)
      }`,
    );
  }

  /**
   * Where a scope is one container, such as a repository, and the upstream does
   * not find what it was asked for, the container does not exist.
   */
  async #noteAbsence(tx: Knex.Transaction, error: unknown): Promise<void> {
    const [container, ...others] = this.#named;
    if (container === undefined || others.length > 0) return;
    if (this.#hasReadChanges || upstreamErrorOf(error)?.kind !== 'not-found') {
      return;
    }
    const touched = await this.#containers.settle(tx, this.#scope.id, {
      containers: this.#named,
      missing: [{ container, message: failureWords(error) }],
    });
    await this.#options.status.recompute(tx, touched);
  }

  /** Stores what belongs together; a failure of it is none of the source. */
  async #store(work: (tx: Knex.Transaction) => Promise<void>): Promise<void> {
    try {
      await inTransaction(this.#options.stores.db, work);
    } catch (error) {
      throw error instanceof LostClaimError ? error : new StoringError(error);
    }
  }

  #logLost() {
    this.#options.logger.debug(
      `${
        this.#name
      }: another process took over, what was not stored is left to it`,
    );
  }

  get #name() {
    return `Sync of ${this.#scope.key} of ${this.#scope.sourceId}`;
  }
}

function ordinal(count: number) {
  const tens = count % 100;
  if (tens > 10 && tens < 14) return `${count}th`;
  return `${count}${['th', 'st', 'nd', 'rd'][count % 10] ?? 'th'}`;
}
