import {
  circuitBreaker,
  CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  handleWhenResult,
  isBrokenCircuitError,
} from 'cockatiel';
import { Outcome } from './outcome';

/** Why a host is not asked at the moment. */
export interface Down {
  since: number;
  /** When it is asked again. */
  retryAt: number;
  /** What it failed with last. */
  lastDetail: string;
}

/**
 * Considers a host down after some failures in a row, and lets one attempt
 * through from time to time to see whether it has recovered.
 */
export class HostCircuit {
  readonly #policy: CircuitBreakerPolicy;
  readonly #retryAfterMs: number;
  #failingSince: number | undefined;
  #openedAt = 0;
  #lastDetail = '';

  static create(options: {
    failures: number;
    retryAfterMs: number;
  }): HostCircuit {
    return new HostCircuit(options.failures, options.retryAfterMs);
  }

  private constructor(failures: number, retryAfterMs: number) {
    this.#retryAfterMs = retryAfterMs;
    // The policy judges outcomes rather than errors: an error that it does not
    // handle would neither count nor end a series of failures, although a 404
    // proves that the host is up. An aborted attempt proves nothing; if it was
    // the one to see whether the host has recovered, that is still open.
    this.#policy = circuitBreaker(
      handleWhenResult(result => {
        const outcome = result as Outcome<unknown>;
        return outcome.type === 'aborted'
          ? this.#policy.state === CircuitState.HalfOpen
          : outcome.type === 'failure' && outcome.down;
      }),
      {
        breaker: new ConsecutiveBreaker(failures),
        halfOpenAfter: retryAfterMs,
      },
    );
    this.#policy.onBreak(() => {
      this.#openedAt = Date.now();
    });
  }

  /** Makes an attempt, or says why not. */
  async attempt<T>(
    make: () => Promise<Outcome<T>>,
  ): Promise<Outcome<T> | { type: 'down'; down: Down }> {
    try {
      return await this.#policy.execute(async () => {
        const startedAt = Date.now();
        const outcome = await make();
        this.#note(outcome, startedAt);
        return outcome;
      });
    } catch (error) {
      if (!isBrokenCircuitError(error)) throw error;
      return {
        type: 'down',
        down: {
          since: this.#failingSince ?? this.#openedAt,
          retryAt: this.#openedAt + this.#retryAfterMs,
          lastDetail: this.#lastDetail,
        },
      };
    }
  }

  #note(outcome: Outcome<unknown>, startedAt: number) {
    if (outcome.type === 'aborted') return;
    if (outcome.type === 'failure' && outcome.down) {
      this.#failingSince ??= startedAt;
      this.#lastDetail = outcome.detail;
    } else {
      this.#failingSince = undefined;
    }
  }
}
