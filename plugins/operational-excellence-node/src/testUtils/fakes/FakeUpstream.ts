import { setTimeout as sleep } from 'node:timers/promises';
import { UpstreamError, UpstreamErrorKind } from '../../upstream';
import { FailingUpstream, UpstreamFailure } from '../contracts/failures';

/** How a request fails; what is not named here does not fail as such. */
const FAILURES: Record<
  Exclude<UpstreamFailure, 'empty-without-rights'>,
  { kind: UpstreamErrorKind; status?: number; detail: string }
> = {
  unauthorized: {
    kind: 'unauthorized',
    status: 401,
    detail: 'Bad credentials',
  },
  forbidden: { kind: 'forbidden', status: 403, detail: 'Missing a right' },
  'not-found': { kind: 'not-found', status: 404, detail: 'Not Found' },
  'rate-limited': {
    kind: 'rate-limited',
    status: 429,
    detail: 'Too many requests',
  },
  html: {
    kind: 'invalid-response',
    status: 200,
    detail: 'expected JSON, got an HTML page: Sign in',
  },
  truncated: {
    kind: 'invalid-response',
    status: 200,
    detail: 'the JSON is damaged or ends early',
  },
  'wrong-shape': {
    kind: 'invalid-response',
    status: 200,
    detail: 'the answer has an unexpected shape',
  },
  down: { kind: 'unavailable', detail: 'the connection was refused' },
  silent: { kind: 'timeout', detail: 'no complete answer in time' },
};

const SILENT_FOR_MS = 200;

/**
 * An upstream in memory that fails on demand, in the way in which the upstream
 * client reports a real one.
 *
 * @public
 */
export class FakeUpstream implements FailingUpstream {
  readonly secrets: readonly string[] = ['fake-token-5f2d'];
  readonly #source: string;
  #failure: UpstreamFailure | undefined;
  #healthyRequests = 0;
  #requests = 0;

  constructor(source: string) {
    this.#source = source;
  }

  async fail(
    failure: UpstreamFailure,
    options?: { afterRequests?: number },
  ): Promise<void> {
    this.#failure = failure;
    this.#healthyRequests = options?.afterRequests ?? 0;
  }

  async heal(): Promise<void> {
    this.#failure = undefined;
  }

  requests(): number {
    return this.#requests;
  }

  /** Whether it now gives nothing to anyone, instead of refusing. */
  get isEmptyHanded(): boolean {
    return this.#failure === 'empty-without-rights';
  }

  /**
   * Counts a request, and fails it where that is due.
   *
   * @throws UpstreamError
   */
  async receive(operation: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.#requests += 1;
    // As long as a real request would take at least: others get their turn.
    await new Promise(resolve => setImmediate(resolve));
    if (!this.#failure || this.#failure === 'empty-without-rights') return;
    if (this.#healthyRequests > 0) {
      this.#healthyRequests -= 1;
      return;
    }
    if (this.#failure === 'silent') {
      await sleep(SILENT_FOR_MS, undefined, { signal });
    }
    throw this.error(operation, FAILURES[this.#failure]);
  }

  /** An error as the upstream client throws it. */
  error(
    operation: string,
    failure: {
      kind: UpstreamErrorKind;
      status?: number;
      detail: string;
      mayHaveHappened?: boolean;
    },
  ): UpstreamError {
    return new UpstreamError({ ...failure, source: this.#source, operation });
  }
}
