import { ConnectedSource } from '../sources';
import { failureWords, logWords, StoringError } from './failureWords';
import { guarded } from './guarded';
import { HintedPiece, hintedPieces } from './hintedPieces';
import { HintedScope, HintedScopes } from './HintedScopes';
import { inTransaction } from './inTransaction';
import { retryAtOf, retryDelay } from './retryDelay';
import { Claim, LostClaimError } from './ScopeClaims';
import { ScopeContainers } from './ScopeContainers';
import { ScopeRunOptions } from './ScopeRun';

export interface HintedReadOptions extends ScopeRunOptions {
  hints: HintedScopes;
  /** Ends this read. */
  signal: AbortSignal;
  /** Ends all reads. */
  stopSignal: AbortSignal;
}

/**
 * One read of what events hinted at in one scope. It changes what is stored, and
 * nothing of how far the runs of the scope have come: neither their cursor, nor
 * when the scope last answered, nor whether it fails.
 */
export class HintedRead {
  readonly #connected: ConnectedSource;
  readonly #hinted: HintedScope;
  readonly #claim: Claim;
  readonly #options: HintedReadOptions;
  readonly #containers = ScopeContainers.create();

  static create(
    connected: ConnectedSource,
    hinted: HintedScope,
    claim: Claim,
    options: HintedReadOptions,
  ) {
    return new HintedRead(connected, hinted, claim, options);
  }

  private constructor(
    connected: ConnectedSource,
    hinted: HintedScope,
    claim: Claim,
    options: HintedReadOptions,
  ) {
    this.#connected = connected;
    this.#hinted = hinted;
    this.#claim = claim;
    this.#options = options;
  }

  /**
   * Reads to the end, gives up the claim and settles what was hinted at. Never
   * rejects: what could not be read is left to a run of the scope.
   */
  async run(): Promise<void> {
    const { hints } = this.#options;
    try {
      await this.#read();
      await this.#release();
      hints.done(this.#hinted);
    } catch (error) {
      await this.#release();
      this.#leave(error);
    }
  }

  async #read(): Promise<void> {
    const { signal, stallMs, stopSignal, stores, verifier } = this.#options;
    await verifier.verify(this.#connected, { signal: stopSignal });
    const { refs } = this.#hinted;
    try {
      const pieces = guarded(
        hintedPieces(this.#connected, this.#claim, { refs, stores, signal }),
        { signal, stallMs },
      );
      for await (const piece of pieces) {
        await this.#store(piece);
        signal.throwIfAborted();
      }
    } catch (error) {
      if (!isOurs(error) && !signal.aborted) {
        verifier.distrust(this.#connected.id);
      }
      throw error;
    }
  }

  async #store(piece: HintedPiece): Promise<void> {
    const { claims, hints, status, stores } = this.#options;
    const { every } = this.#connected.schedule;
    const compareWithin = piece.isOneGone
      ? hints.compareWithin(this.#hinted, { every })
      : undefined;
    try {
      await inTransaction(stores.db, async tx => {
        await claims.count(tx, this.#claim, piece);
        const touched = await piece.store(tx);
        // What a service names and no run has covered yet has no figures.
        const awaiting = await this.#containers.awaiting(tx, this.#claim.id);
        await status.recompute(
          tx,
          touched.filter(id => !awaiting.has(id)),
        );
        if (compareWithin !== undefined) {
          const within = compareWithin;
          await claims.requestReconcile(tx, this.#claim, { within });
        }
      });
    } catch (error) {
      throw error instanceof LostClaimError ? error : new StoringError(error);
    }
  }

  async #release(): Promise<void> {
    const { claims, logger, stores } = this.#options;
    try {
      await claims.release(stores.db, this.#claim);
    } catch (error) {
      logger.error(
        `${
          this.#name
        }: the claim could not be given up, so nobody reads the scope until it has run out: ${logWords(
          error,
        )}`,
      );
    }
  }

  #leave(error: unknown): void {
    const { hints, logger, now = Date.now, random } = this.#options;
    if (error instanceof LostClaimError || this.#options.signal.aborted) {
      logger.debug(`${this.#name}: stopped; left to a run of the scope`);
      hints.handOver(this.#hinted);
      return;
    }
    const retryAt = retryAtOf(error);
    const retryIn = retryDelay({
      every: this.#connected.schedule.every,
      failures: 1,
      random,
      retryAfter: retryAt === undefined ? undefined : retryAt - now(),
    });
    const isPaused = retryAt !== undefined && retryAt > now();
    hints.failed(this.#hinted, { retryIn, isPaused });
    logger.warn(
      `${this.#name}: failed, left to a run of the scope in ${Math.round(
        retryIn / 1000,
      )} s: ${
        error instanceof StoringError
          ? logWords(error.cause)
          : failureWords(error)
      }`,
    );
  }

  get #name() {
    const { key, sourceId } = this.#claim;
    return `Read of what events hinted at in ${key} of ${sourceId}`;
  }
}

function isOurs(error: unknown) {
  return error instanceof StoringError || error instanceof LostClaimError;
}
