import { LoggerService } from '@backstage/backend-plugin-api';
import { randomUUID } from 'crypto';
import { Knex } from 'knex';
import { logWords } from '../../sync/failureWords';
import { SparingLog } from '../../sync/SparingLog';
import {
  AttemptColumns,
  Destination,
  StoredImprovement,
} from '../improvementRows';
import { ServiceTrackers } from '../trackers';
import { Delivery } from './Delivery';
import { ClaimedImprovement, OutboxClaims } from './OutboxClaims';

export interface OutboxOptions {
  claims: OutboxClaims;
  db: Knex;
  delivery: Delivery;
  logger: LoggerService;
  trackers: ServiceTrackers;
  /** Deliveries at once per source; trackers ask not to be written to faster. */
  concurrency: number;
  /** How often is looked for what is due, milliseconds. */
  tickMs: number;
  /** How long deliveries under way may take when the backend stops, milliseconds. */
  stopMs: number;
}

/** What is known of an improvement before it is stored. */
interface NewDelivery {
  id: string;
  entityRef: string;
  destination: Pick<Destination, 'sourceId'>;
}

type StoreWithAttempt = (
  attempt?: AttemptColumns,
) => Promise<StoredImprovement | undefined>;

interface Running {
  sourceId: string;
  ended: Promise<void>;
}

/** How often is looked whether another replica has come to an end with one. */
const LOOK_AGAIN_MS = 200;

/**
 * Delivers improvements to their trackers, some at once. Any number of replicas
 * share the outbox of one database.
 *
 * @remarks
 *
 * A delivery is kept track of here, notes its own failures, and starts the next
 * one when it has ended. Nothing is lost that is not delivered: it stays queued.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #errors: SparingLog;
  /** By the id of the improvement. */
  readonly #running = new Map<string, Running>();
  readonly #stop = new AbortController();
  #isStopping = false;
  /** Of who claims something. */
  #turn: Promise<unknown> = Promise.resolve();
  #filling: Promise<void> | undefined;
  #fillAgain = false;
  #timer: NodeJS.Timeout | undefined;

  static create(options: OutboxOptions) {
    return new Outbox(options);
  }

  private constructor(options: OutboxOptions) {
    this.#options = options;
    this.#errors = SparingLog.create({
      logger: options.logger,
      level: 'error',
    });
  }

  /** Looks for what is due from now on. */
  start(): void {
    this.#timer ??= setInterval(
      () => this.wake(),
      this.#options.tickMs,
    ).unref();
    this.wake();
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
    if (this.#isStopping) return;
    this.tick().catch(error =>
      this.#errors.log(
        'tick',
        `Which improvements are to be filed could not be found out: ${logWords(
          error,
        )}`,
      ),
    );
  }

  /**
   * Delivers an improvement now, and answers when that has come to an end for the
   * time being, or when it takes too long; it then goes on in the background.
   */
  async deliver(id: string, options: { withinMs: number }): Promise<void> {
    const giveUp = timer(options.withinMs);
    try {
      for (;;) {
        const running = this.#running.get(id) ?? (await this.#startOne(id));
        const isOver = running
          ? running.ended.then(() => true)
          : this.#isOverElsewhere(id);
        if (await Promise.race([isOver, giveUp.passed])) return;
      }
    } finally {
      giveUp.cancel();
    }
  }

  /**
   * Has an improvement stored, and delivers it from then on. Where there is room,
   * it is stored as claimed, with its first attempt begun; else it is stored to be
   * delivered in its turn.
   *
   * @param store - stores it with what it is given, and nothing else; answers
   * `undefined` where it must not be stored
   * @returns whether it was stored
   */
  async deliverNew(
    improvement: NewDelivery,
    store: StoreWithAttempt,
  ): Promise<boolean> {
    const { sourceId } = improvement.destination;
    const started = await this.#inTurn(async () =>
      this.#hasRoom(sourceId)
        ? { stored: this.#storeAndStart(improvement, store) }
        : undefined,
    );
    const stored = await (started ? started.stored : store());
    return stored !== undefined;
  }

  /** Resolves when nothing is being delivered any more and nothing is due. */
  async idle(): Promise<void> {
    while (this.#filling || this.#running.size > 0) {
      await this.#filling;
      await Promise.all([...this.#running.values()].map(({ ended }) => ended));
    }
  }

  /** Lets deliveries end that are under way, for a while, and begins no more. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    clearInterval(this.#timer);
    await this.#filling?.catch(() => undefined);
    const patience = setTimeout(
      () => this.#stop.abort(new Error('The backend stops')),
      this.#options.stopMs,
    );
    await Promise.all([...this.#running.values()].map(({ ended }) => ended));
    clearTimeout(patience);
  }

  async #fill(): Promise<void> {
    try {
      do {
        this.#fillAgain = false;
        while (await this.#startNext());
      } while (this.#fillAgain);
    } finally {
      // At once: whoever asks in between would wait for the next tick.
      this.#filling = undefined;
    }
  }

  async #startNext(): Promise<boolean> {
    return (await this.#claimAndStart({})) !== undefined;
  }

  async #startOne(id: string): Promise<Running | undefined> {
    return this.#claimAndStart({ id });
  }

  async #claimAndStart(which: { id?: string }): Promise<Running | undefined> {
    return this.#inTurn(() => this.#claimWithRoom(which));
  }

  /** One after the other, for each looks how much room there is left. */
  async #inTurn<T>(start: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(start);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #claimWithRoom(which: { id?: string }): Promise<Running | undefined> {
    const { claims, db, trackers } = this.#options;
    const sourceIds = trackers.sourceIds().filter(id => this.#hasRoom(id));
    if (sourceIds.length === 0) return undefined;
    const token = randomUUID();
    const claimed = await claims.claim(db, { ...which, sourceIds, token });
    return claimed && this.#start(claimed);
  }

  #start(claimed: ClaimedImprovement): Running {
    const { delivery } = this.#options;
    return this.#track(claimed, delivery.run(claimed, this.#stop.signal));
  }

  #storeAndStart(
    improvement: NewDelivery,
    store: StoreWithAttempt,
  ): Promise<StoredImprovement | undefined> {
    const { claims, db, delivery } = this.#options;
    const attempt = claims.firstAttempt(db, { token: randomUUID() });
    const stored = store(attempt.columns);
    this.#track(
      improvement,
      stored.then(
        async added => {
          if (!added) return;
          const { entityRef } = improvement;
          const claimed = claims.begun(attempt, { ...added, entityRef });
          await delivery.run(claimed, this.#stop.signal);
        },
        // Who submits it is told so.
        () => undefined,
      ),
    );
    return stored;
  }

  #track(
    { destination: { sourceId }, id }: Pick<NewDelivery, 'id' | 'destination'>,
    run: Promise<void>,
  ): Running {
    const ended = run.finally(() => {
      const wasFull = !this.#hasRoom(sourceId);
      this.#running.delete(id);
      // What waits for room need not wait for a tick as well.
      if (wasFull) this.wake();
    });
    const running = { sourceId, ended };
    this.#running.set(id, running);
    return running;
  }

  #hasRoom(sourceId: string): boolean {
    if (this.#isStopping) return false;
    const runs = [...this.#running.values()].filter(
      running => running.sourceId === sourceId,
    );
    return runs.length < this.#options.concurrency;
  }

  /**
   * Whether it is over with an improvement that is not being delivered here,
   * because another replica is at it, or because there is no room. If not, waits
   * for a moment at which that may have changed.
   */
  async #isOverElsewhere(id: string): Promise<boolean> {
    const { claims, db } = this.#options;
    if (!(await claims.isDue(db, id))) return true;
    const moment = timer(LOOK_AGAIN_MS);
    await Promise.race([
      moment.passed,
      ...[...this.#running.values()].map(({ ended }) => ended),
    ]);
    moment.cancel();
    return false;
  }
}

function timer(ms: number) {
  let timeout: NodeJS.Timeout | undefined;
  const passed = new Promise<true>(resolve => {
    timeout = setTimeout(() => resolve(true), ms);
  });
  return { passed, cancel: () => clearTimeout(timeout) };
}
