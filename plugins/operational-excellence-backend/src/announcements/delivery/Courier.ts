import { LoggerService } from '@backstage/backend-plugin-api';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { Instant } from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { attemptDelay } from '../../improvements/outbox/attemptDelay';
import { logWords } from '../../sync/failureWords';
import { SparingLog } from '../../sync/SparingLog';
import { notificationOf } from '../text';
import { AnnouncementClaims, ClaimedAnnouncement } from './AnnouncementClaims';
import { readAddressees } from './readAddressees';

const LOG_EVERY_MS = 3_600_000;

export interface CourierOptions {
  claims: AnnouncementClaims;
  db: Knex;
  logger: LoggerService;
  notifications: NotificationService;
  /** How often is looked for what is due, milliseconds. */
  tickMs: number;
  /** How long sending one may take, milliseconds; less than a claim lasts. */
  sendMs: number;
  /** How long sending may take when the backend stops, milliseconds. */
  stopMs: number;
  now?: () => Instant;
  random?: () => number;
}

/**
 * Sends announcements as notifications, one after the other. Any number of
 * replicas share what is queued in one database.
 *
 * @remarks
 *
 * The notifications backend knows an announcement by its scope: one that is sent
 * again, because a process died before it could note that it was sent, takes the
 * place of the first. While that backend cannot be reached, it is asked less and
 * less often, by whatever announcement is next; all others wait.
 */
export class Courier {
  readonly #options: CourierOptions;
  readonly #now: () => Instant;
  readonly #errors: SparingLog;
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> | undefined;
  #workAgain = false;
  #isStopping = false;
  /** In a row. */
  #failures = 0;
  /** Nothing is sent before, by the clock of this process. */
  #pausedUntil: Instant = 0;

  static create(options: CourierOptions) {
    return new Courier(options);
  }

  private constructor(options: CourierOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#errors = SparingLog.create({
      logger: options.logger,
      level: 'warn',
      everyMs: LOG_EVERY_MS,
      now: this.#now,
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

  /** Sends what is due, in the background. */
  wake(): void {
    if (this.#isStopping) return;
    this.tick().catch(error =>
      this.#errors.log(
        'tick',
        `What owners are to be told could not be read: ${logWords(error)}`,
      ),
    );
  }

  /** Sends what is due; one query if nothing is. */
  async tick(): Promise<void> {
    if (this.#working) {
      // What became due after it looked would have to wait.
      this.#workAgain = true;
      return this.#working;
    }
    this.#working = this.#work();
    return this.#working;
  }

  /**
   * Lets what is being sent come to an end, for a while, and sends no more. What
   * has not ended by then is sent again by another process.
   */
  async stop(): Promise<void> {
    this.#isStopping = true;
    clearInterval(this.#timer);
    let patience: NodeJS.Timeout | undefined;
    const tooLate = new Promise<void>(resolve => {
      patience = setTimeout(resolve, this.#options.stopMs);
    });
    // Whoever began the work is told of its failure; here, only its end counts.
    const ended = this.#working?.catch(() => undefined);
    await Promise.race([ended, tooLate]);
    clearTimeout(patience);
  }

  async #work(): Promise<void> {
    try {
      do {
        this.#workAgain = false;
        while (await this.#sendNext());
      } while (this.#workAgain);
    } finally {
      // At once: whoever asks in between would wait for the next tick.
      this.#working = undefined;
    }
  }

  async #sendNext(): Promise<boolean> {
    if (this.#isStopping || this.#pausedUntil > this.#now()) return false;
    const { claims, db } = this.#options;
    const token = randomUUID();
    const claimed = await claims.claim(db, { token, now: this.#now() });
    if (!claimed) return false;
    await this.#send(claimed);
    return true;
  }

  async #send(claimed: ClaimedAnnouncement): Promise<void> {
    const { claims, db, notifications } = this.#options;
    const { announcement } = claimed;
    const { owners, services } = await readAddressees(db, announcement);
    if (!owners.length) {
      await claims.end(db, claimed, { state: 'dropped', now: this.#now() });
      return;
    }
    try {
      await this.#inTime(
        notifications.send({
          recipients: { type: 'entity', entityRef: owners },
          payload: notificationOf(announcement, services),
        }),
      );
    } catch (error) {
      await this.#failed(claimed, error);
      return;
    }
    await claims.end(db, claimed, { state: 'sent', now: this.#now() });
    this.#succeeded();
  }

  /** The client of the notifications backend waits for ever. */
  async #inTime(sending: Promise<void>): Promise<void> {
    const { sendMs } = this.#options;
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new Error(`There was no answer within ${sendMs} ms`)),
        sendMs,
      );
    });
    try {
      await Promise.race([sending, tooLate]);
    } finally {
      clearTimeout(timer);
    }
  }

  async #failed(claimed: ClaimedAnnouncement, error: unknown): Promise<void> {
    const { claims, db, random } = this.#options;
    this.#failures += 1;
    this.#pausedUntil =
      this.#now() + attemptDelay({ failures: this.#failures, random });
    await claims.postpone(db, claimed, {
      nextIn: attemptDelay({ failures: claimed.attempts, random }),
    });
    const waiting = await claims.countQueued(db);
    this.#errors.log(
      'send',
      `Owners cannot be told what needs them, ${waiting} ${
        waiting === 1 ? 'announcement waits' : 'announcements wait'
      } for at most 7 days: ${logWords(
        error,
      )}. If this portal has no notifications backend, add @backstage/plugin-notifications-backend to it, or set operationalExcellence.notifications.enabled to false`,
    );
  }

  #succeeded() {
    if (this.#failures > 0) {
      this.#options.logger.info('Owners are told again what needs them');
    }
    this.#failures = 0;
    this.#pausedUntil = 0;
  }
}
