import { LoggerService } from '@backstage/backend-plugin-api';
import { Instant } from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { logWords } from '../../sync/failureWords';
import { SparingLog } from '../../sync/SparingLog';
import { LogPositions, positionsIn } from './logPositions';
import { ReadDatabase } from './ReadDatabase';

/** How often is looked how far the replica is behind, milliseconds. */
const LOOK_EVERY_MS = 1_000;

/** How long a commit that did not wait for the disk is not in the log, at most. */
const UNWRITTEN_MS = 1_000;

/** How much is remembered of where the primary was, and when. */
const MAX_SAMPLES = 120;

/** Connections that break, servers that stop, and queries that recovery ends. */
const UNAVAILABLE = /^(08\w{3}|57P0\w|40001|ECONN\w+|EPIPE|ETIMEDOUT)$/;

interface Sample {
  takenAt: Instant;
  position: bigint;
}

export interface ReadReplicaOptions {
  primary: Knex;
  replica: Knex;
  /** Beyond this it is not read from, milliseconds. */
  maxLagMs: number;
  logger: LoggerService;
  now?: () => Instant;
  positions?: LogPositions;
}

/**
 * Reads from a replica as long as that is known to be close behind its primary,
 * otherwise from the primary.
 *
 * @remarks
 *
 * How close is proven, not believed: each second the end of the primary's log is
 * noted, and how far the replica has replayed it. What a replica says of itself
 * would pass for fresh where its connection to the primary is broken.
 */
export class ReadReplica implements ReadDatabase {
  readonly #options: ReadReplicaOptions;
  readonly #positions: LogPositions;
  readonly #warnings: SparingLog;
  #samples: Sample[] = [];
  /** The replica has all that was committed until then. */
  #completeUntil: Instant = -Infinity;
  #looking: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  static create(options: ReadReplicaOptions) {
    return new ReadReplica(options);
  }

  private constructor(options: ReadReplicaOptions) {
    this.#options = options;
    const { logger, positions = positionsIn(options) } = options;
    this.#positions = positions;
    this.#warnings = SparingLog.create({ logger, level: 'warn' });
  }

  /** Looks how far the replica is behind, from now on. */
  start(): void {
    const look = () => {
      this.#looking ??= this.look().finally(() => {
        this.#looking = undefined;
      });
    };
    this.#timer ??= setInterval(look, LOOK_EVERY_MS).unref();
    look();
  }

  /** From then on is read from the primary. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
    this.#completeUntil = -Infinity;
    await this.#options.replica.destroy();
  }

  current(): Knex {
    const { primary, replica } = this.#options;
    return this.#isFresh() ? replica : primary;
  }

  async read<T>(work: (db: Knex) => Promise<T>): Promise<T> {
    const { primary, replica } = this.#options;
    const db = this.current();
    try {
      return await work(db);
    } catch (error) {
      if (db !== replica || !isUnavailable(error)) throw error;
      this.#giveUp(error);
      return work(primary);
    }
  }

  /** Looks how far the replica is behind. */
  async look(): Promise<void> {
    const { now = Date.now } = this.#options;
    try {
      const takenAt = now() - UNWRITTEN_MS;
      const position = await this.#positions.end();
      this.#samples = [...this.#samples, { takenAt, position }].slice(
        -MAX_SAMPLES,
      );
      const replayed = await this.#positions.replayed();
      for (const sample of this.#samples) {
        if (sample.position <= replayed) this.#completeUntil = sample.takenAt;
      }
      this.#samples = this.#samples.filter(each => each.position > replayed);
    } catch (error) {
      this.#giveUp(error);
      return;
    }
    if (!this.#isFresh()) {
      this.#warnings.log(
        'lag',
        'The read replica is too far behind; lists are read from the primary database until it has caught up',
      );
    }
  }

  #isFresh(): boolean {
    const { maxLagMs, now = Date.now } = this.#options;
    return now() - this.#completeUntil <= maxLagMs;
  }

  #giveUp(error: unknown) {
    this.#completeUntil = -Infinity;
    this.#warnings.log(
      'unavailable',
      `The read replica cannot be read from; lists are read from the primary database until it can: ${logWords(
        error,
      )}`,
    );
  }
}

function isUnavailable(error: unknown): boolean {
  return (
    error instanceof Error &&
    (('code' in error && UNAVAILABLE.test(String(error.code))) ||
      error.name === 'KnexTimeoutError' ||
      error.message.includes('Connection terminated'))
  );
}
