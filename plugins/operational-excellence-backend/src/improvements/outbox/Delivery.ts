import { LoggerService } from '@backstage/backend-plugin-api';
import { FiledTicket } from 'backstage-plugin-operational-excellence-node';
import { Knex } from 'knex';
import { logWords } from '../../sync/failureWords';
import { orStopped } from '../../sync/guarded';
import { retryAtOf } from '../../sync/retryDelay';
import { ticketDescription } from '../text';
import { FilingSource, ServiceTrackers } from '../trackers';
import { attemptDelay } from './attemptDelay';
import { outcomeOf, reasonOf } from './failedAttempt';
import { patiently } from './patiently';
import { FiledTickets } from './FiledTickets';
import {
  ClaimedImprovement,
  LostDeliveryError,
  OutboxClaims,
} from './OutboxClaims';

/** From noting that an attempt begins to beginning it. */
const LONGEST_PAUSE_MS = 5_000;

export interface DeliveryOptions {
  claims: OutboxClaims;
  db: Knex;
  filedTickets: FiledTickets;
  logger: LoggerService;
  trackers: ServiceTrackers;
  /** Where the portal is opened. */
  appBaseUrl?: string;
  /** How long a tracker may take for one call, milliseconds. */
  callMs: number;
  /**
   * How long after a call began its tracker may still be at it, although nobody
   * waits for the answer any more, milliseconds.
   */
  settleMs: number;
  random?: () => number;
  now?: () => number;
}

/**
 * Has the tracker create the ticket of a claimed improvement, once.
 *
 * @remarks
 *
 * That an attempt begins is committed before the tracker is asked, so whatever
 * happens then, to the answer or to this process, leaves a doubt behind. What is
 * in doubt is looked for before anything is repeated, and that there is nothing
 * is believed only once the tracker can have neither the call under way nor the
 * ticket hidden in an index that lags.
 */
export class Delivery {
  readonly #options: DeliveryOptions;

  static create(options: DeliveryOptions) {
    return new Delivery(options);
  }

  private constructor(options: DeliveryOptions) {
    this.#options = options;
  }

  /**
   * Delivers, or notes why not. Never rejects: where not even that can be noted,
   * the claim runs out and the next one looks first.
   */
  async run(claimed: ClaimedImprovement, signal: AbortSignal): Promise<void> {
    const { logger } = this.#options;
    try {
      await this.#deliver(claimed, signal);
    } catch (error) {
      if (error instanceof LostDeliveryError) {
        logger.debug(error.message);
        return;
      }
      logger.error(
        `How filing improvement ${
          claimed.id
        } went could not be noted, so it is looked for when its claim has run out: ${logWords(
          error,
        )}`,
      );
    }
  }

  async #deliver(claimed: ClaimedImprovement, signal: AbortSignal) {
    const { claims, db, filedTickets, trackers } = this.#options;
    const source = trackers.source(claimed.destination.sourceId);
    const hasBegun = claimed.begunAt !== undefined;
    if (!source || signal.aborted) {
      await (hasBegun ? this.#withdraw(claimed) : claims.release(db, claimed));
      return;
    }
    const ticket =
      claimed.delivery.isDoubtful && !hasBegun
        ? await this.#find(source, claimed, signal)
        : await this.#create(source, claimed, signal);
    if (ticket) {
      await patiently(() => filedTickets.store(claimed, ticket), signal);
    }
  }

  /** The ticket of an earlier attempt, or of a new one once there is none. */
  async #find(
    source: FilingSource,
    claimed: ClaimedImprovement,
    signal: AbortSignal,
  ): Promise<FiledTicket | undefined> {
    const { container, scopeKey } = claimed.destination;
    let found: FiledTicket | undefined;
    try {
      found = await this.#call(signal, callSignal =>
        source.findFiled(
          claimed.id,
          { key: scopeKey, containers: [container] },
          { signal: callSignal },
        ),
      );
    } catch (error) {
      await this.#postpone(claimed, error, { isDoubtful: true });
      return undefined;
    }
    if (found) return found;

    const wait = this.#believableIn(source, claimed);
    if (wait <= 0) return this.#create(source, claimed, signal);
    const { random } = this.#options;
    const failures = claimed.delivery.failures + 1;
    await this.#options.claims.postpone(this.#options.db, claimed, {
      reason: claimed.delivery.reason,
      nextIn: Math.min(wait, attemptDelay({ failures, random })),
      isDoubtful: true,
    });
    return undefined;
  }

  /** How long until "there is none" can be believed, milliseconds. */
  #believableIn(source: FilingSource, claimed: ClaimedImprovement): number {
    const { lastAttemptAt } = claimed.delivery;
    if (lastAttemptAt === null) return 0;
    const { settleMs, trackers } = this.#options;
    const believableAt =
      lastAttemptAt + settleMs + trackers.findableAfter(source.id);
    return believableAt - claimed.claimedAt;
  }

  async #create(
    source: FilingSource,
    claimed: ClaimedImprovement,
    signal: AbortSignal,
  ): Promise<FiledTicket | undefined> {
    const { appBaseUrl, claims, db, now = Date.now } = this.#options;
    const { allOf, container, scopeKey } = claimed.destination;
    const beginsAt = claimed.begunAt ?? now();
    if (claimed.begunAt === undefined) await claims.begin(db, claimed);
    if (now() - beginsAt > LONGEST_PAUSE_MS) {
      // A machine that slept comes too late: another replica may be at it.
      await this.#withdraw(claimed);
      return undefined;
    }
    try {
      return await this.#call(signal, callSignal =>
        source.file(
          {
            scopeKey,
            container,
            allOf,
            entityRef: claimed.entityRef,
            title: claimed.title,
            description: ticketDescription(claimed, { appBaseUrl }),
            labels: [],
            priority: claimed.priority,
          },
          { idempotencyKey: claimed.id, signal: callSignal },
        ),
      );
    } catch (error) {
      await this.#noteFailure(claimed, error);
      return undefined;
    }
  }

  /** Ends a delivery that was begun, but did not get as far as the tracker. */
  async #withdraw(claimed: ClaimedImprovement) {
    const { claims, db } = this.#options;
    await claims.postpone(db, claimed, {
      reason: claimed.delivery.reason,
      nextIn: 0,
      isDoubtful: false,
    });
  }

  async #noteFailure(claimed: ClaimedImprovement, error: unknown) {
    const outcome = outcomeOf(error);
    if (outcome === 'refused') {
      const { claims, db, logger } = this.#options;
      await claims.reject(db, claimed, { reason: reasonOf(error) });
      logger.warn(
        `${claimed.destination.sourceId} refused improvement ${
          claimed.id
        }: ${reasonOf(error)}`,
      );
      return;
    }
    await this.#postpone(claimed, error, {
      isDoubtful: outcome === 'doubtful',
    });
  }

  async #postpone(
    claimed: ClaimedImprovement,
    error: unknown,
    { isDoubtful }: { isDoubtful: boolean },
  ) {
    const { claims, db, logger, now = Date.now, random } = this.#options;
    const retryAt = retryAtOf(error);
    const nextIn = attemptDelay({
      failures: claimed.delivery.failures + 1,
      retryAfter: retryAt === undefined ? undefined : retryAt - now(),
      random,
    });
    const reason = reasonOf(error);
    await claims.postpone(db, claimed, { reason, nextIn, isDoubtful });
    logger.warn(
      `${claimed.destination.sourceId}: improvement ${
        claimed.id
      } could not be filed and is tried again in ${Math.round(
        nextIn / 1000,
      )} s: ${reason}`,
    );
  }

  /** Ends in time, whether or not the source minds the signal. */
  async #call<T>(
    signal: AbortSignal,
    call: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const { callMs } = this.#options;
    const timeout = AbortSignal.timeout(callMs);
    return orStopped(() => call(AbortSignal.any([signal, timeout])), {
      signal,
      stallMs: callMs,
    });
  }
}
