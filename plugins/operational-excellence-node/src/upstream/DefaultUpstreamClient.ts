import { fullJitterGenerator } from 'cockatiel';
import { abortError, sleep, throwIfAborted } from './abort';
import { Call, callOf } from './call';
import { Exchange } from './Exchange';
import { Down, HostCircuit } from './HostCircuit';
import { HostGate } from './HostGate';
import { Outcome } from './outcome';
import {
  UpstreamClient,
  UpstreamClientOptions,
  UpstreamRequest,
  UpstreamResponse,
} from './UpstreamClient';
import { UpstreamError } from './UpstreamError';

type Failure = Extract<Outcome<unknown>, { type: 'failure' }>;

type Settings = ReturnType<typeof withDefaults>;

function withDefaults(options: UpstreamClientOptions) {
  return {
    ...options,
    timeoutMs: options.timeoutMs ?? 30_000,
    maxResponseBytes: options.maxResponseBytes ?? 20 * 1024 * 1024,
    concurrency: options.concurrency ?? 4,
    minIntervalMs: options.minIntervalMs ?? 0,
    attempts: options.attempts ?? 4,
    maxRetryAfterMs: options.maxRetryAfterMs ?? 60_000,
    backoff: {
      initialMs: options.backoff?.initialMs ?? 500,
      maxMs: options.backoff?.maxMs ?? 20_000,
    },
    circuitBreaker: {
      failures: options.circuitBreaker?.failures ?? 5,
      retryAfterMs: options.circuitBreaker?.retryAfterMs ?? 30_000,
    },
  };
}

interface Host {
  gate: HostGate;
  circuit: HostCircuit;
}

/** The client of {@link createUpstreamClient}. */
export class DefaultUpstreamClient implements UpstreamClient {
  readonly #settings: Settings;
  readonly #hosts = new Map<string, Host>();

  static create(options: UpstreamClientOptions): UpstreamClient {
    return new DefaultUpstreamClient(withDefaults(options));
  }

  private constructor(settings: Settings) {
    this.#settings = settings;
  }

  async request<T = unknown>(
    request: UpstreamRequest<T>,
  ): Promise<UpstreamResponse<T>> {
    const { signal } = request;
    throwIfAborted(signal);
    const call = callOf(request, this.#settings.source);
    const attempts = call.isRead ? this.#settings.attempts : 1;
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.#attempt(call);
      if (outcome.type === 'answer') {
        const { status, headers, url, body } = outcome;
        return { status, headers, url, body, requests: call.requests };
      }
      if (outcome.type === 'aborted') throw abortError(signal!);

      const waitMs = this.#waitMs(outcome, attempt);
      if (attempt >= attempts || waitMs === undefined) throw outcome.error;
      await sleep(waitMs, signal);
    }
  }

  async #attempt<T>(call: Call<T>): Promise<Outcome<T>> {
    const { signal } = call.request;
    const { gate, circuit } = this.#host(call.url.host);
    return gate.run(
      { signal, maxPauseMs: this.#settings.maxRetryAfterMs },
      async ({ pausedUntil }) => {
        if (pausedUntil !== undefined) return this.#paused(call, pausedUntil);
        const outcome = await circuit.attempt(async () =>
          // The abort may have come while another call tried whether the host
          // has recovered.
          signal?.aborted
            ? { type: 'aborted' }
            : Exchange.run(call, this.#settings),
        );
        if (outcome.type === 'down') return this.#down(call, outcome.down);
        if (outcome.type === 'failure') {
          const { kind, retryAt } = outcome.error;
          if (kind === 'rate-limited' && retryAt) gate.pauseUntil(retryAt);
        }
        return outcome;
      },
    );
  }

  /** How long to wait before the next attempt; `undefined` where none makes sense. */
  #waitMs(failure: Failure, attempt: number): number | undefined {
    if (!failure.transient) return undefined;
    const { initialMs, maxMs } = this.#settings.backoff;
    const [jitter] = fullJitterGenerator(attempt - 1, {
      initialDelay: initialMs,
      maxDelay: maxMs,
      exponent: 2,
      generator: fullJitterGenerator,
    });
    const { retryAt } = failure.error;
    if (retryAt === undefined) return jitter;
    const asked = Math.max(retryAt - Date.now(), 0);
    if (asked > this.#settings.maxRetryAfterMs) return undefined;
    // Replicas that were told the same instant should not come back at once.
    return asked + Math.min(jitter, initialMs);
  }

  #host(host: string): Host {
    let known = this.#hosts.get(host);
    if (!known) {
      known = {
        gate: HostGate.create(this.#settings),
        circuit: HostCircuit.create(this.#settings.circuitBreaker),
      };
      this.#hosts.set(host, known);
    }
    return known;
  }

  /** Not asked, because the host wants to be left alone for longer. */
  #paused(call: Call<unknown>, retryAt: number): Failure {
    return this.#unasked(call, {
      kind: 'rate-limited',
      detail: `not asked, because the rate limit is used up until ${new Date(
        retryAt,
      ).toISOString()}`,
      retryAt,
    });
  }

  #down(call: Call<unknown>, { since, retryAt, lastDetail }: Down): Failure {
    return this.#unasked(call, {
      kind: 'unavailable',
      detail: `not asked, because ${
        call.url.host
      } is considered down since ${new Date(
        since,
      ).toISOString()}; last: ${lastDetail}`,
      retryAt,
    });
  }

  #unasked(
    call: Call<unknown>,
    failure: {
      kind: 'rate-limited' | 'unavailable';
      detail: string;
      retryAt: number;
    },
  ): Failure {
    return {
      type: 'failure',
      error: new UpstreamError({
        ...failure,
        source: this.#settings.source,
        operation: call.operation,
      }),
      detail: failure.detail,
      transient: false,
      down: false,
    };
  }
}
