import { LoggerService } from '@backstage/backend-plugin-api';
import { readBounded } from './boundedBody';
import { Call } from './call';
import { Deadline } from './Deadline';
import { readJson } from './jsonAnswer';
import { networkFailure } from './networkFailure';
import { Outcome } from './outcome';
import { isRedirect, MAX_REDIRECTS, redirectTarget } from './redirects';
import { boundedRetryAt, retryAfter } from './retryAfter';
import { unlessAborted } from './abort';
import { UpstreamClientOptions } from './UpstreamClient';
import { UpstreamError, UpstreamErrorKind } from './UpstreamError';
import { cleaned, failureWords } from './upstreamWords';

/** How much of a failure's body is looked at, bytes. */
const MAX_FAILURE_BYTES = 16 * 1024;

type ExchangeOptions = Pick<
  UpstreamClientOptions,
  'headers' | 'isRateLimited' | 'retryAt'
> & {
  source: string;
  logger: LoggerService;
  timeoutMs: number;
  maxResponseBytes: number;
};

/** Ends an attempt before it was sent. */
class PreparationFailure extends Error {
  constructor(readonly outcome: Outcome<never>) {
    super('The request could not be prepared');
  }
}

/**
 * One attempt of a call: the request, its redirects, and the reading of the
 * answer, all within one time-out.
 */
export class Exchange<T> {
  readonly #options: ExchangeOptions;
  readonly #call: Call<T>;
  readonly #deadline: Deadline;
  /** Whether the upstream can have received the request. */
  #sent = false;

  static async run<T>(
    call: Call<T>,
    options: ExchangeOptions,
  ): Promise<Outcome<T>> {
    const deadline = Deadline.start({
      ms: options.timeoutMs,
      caller: call.request.signal,
    });
    try {
      return await new Exchange(call, options, deadline).#run();
    } finally {
      deadline.end();
    }
  }

  private constructor(
    call: Call<T>,
    options: ExchangeOptions,
    deadline: Deadline,
  ) {
    this.#call = call;
    this.#options = options;
    this.#deadline = deadline;
  }

  async #run(): Promise<Outcome<T>> {
    try {
      return await this.#follow(this.#call.url);
    } catch (error) {
      if (error instanceof PreparationFailure) return error.outcome;
      if (this.#deadline.expired) {
        return this.#failure({
          kind: 'timeout',
          detail: `no complete answer within ${this.#options.timeoutMs} ms`,
          transient: true,
          mayHaveHappened: this.#sent,
        });
      }
      if (this.#call.request.signal?.aborted) return { type: 'aborted' };
      const { kind, detail, sent } = networkFailure(error);
      return this.#failure({
        kind,
        detail: cleaned(detail, this.#call.secrets),
        transient: true,
        mayHaveHappened: sent,
        cause: error,
      });
    }
  }

  async #follow(start: URL): Promise<Outcome<T>> {
    let url = start;
    for (let redirects = 0; ; redirects++) {
      const response = await this.#send(url);
      const follows =
        isRedirect(response.status) &&
        this.#call.request.redirect !== 'manual' &&
        !this.#call.request.accept?.includes(response.status);
      if (!follows) return this.#read(response, url);

      await response.body?.cancel();
      const { status } = response;
      if (!this.#call.isRead) {
        return this.#invalid('a redirect of a write, refused', status);
      }
      if (redirects === MAX_REDIRECTS) {
        return this.#invalid(`more than ${MAX_REDIRECTS} redirects`, status);
      }
      const target = redirectTarget(response, {
        url,
        method: this.#call.method,
      });
      if ('refused' in target) return this.#invalid(target.refused, status);
      url = target.url;
      this.#call.secrets.addUrl(url);
    }
  }

  async #send(url: URL): Promise<Response> {
    const { method, body } = this.#call;
    const headers = await this.#headers(url);
    const startedAt = performance.now();
    let status: number | undefined;
    this.#sent = true;
    this.#call.requests += 1;
    try {
      const response = await fetch(url, {
        method,
        headers,
        body,
        redirect: 'manual',
        signal: this.#deadline.signal,
      });
      status = response.status;
      return response;
    } finally {
      this.#options.logger.debug('Called an upstream', {
        source: this.#options.source,
        method,
        host: url.host,
        path: this.#call.secrets.redact(url.pathname),
        status: status ?? 'none',
        ms: Math.round(performance.now() - startedAt),
      });
    }
  }

  async #headers(url: URL): Promise<Headers> {
    const { body, request, secrets } = this.#call;
    const all = {
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...request.headers,
      ...(await this.#credentials(url)),
    };
    try {
      const headers = new Headers(all);
      secrets.addHeaders(all);
      return headers;
    } catch {
      // The error would quote the value of the header.
      throw this.#withoutCredentials(
        'a header has characters that cannot be sent',
        { transient: false },
      );
    }
  }

  async #credentials(url: URL): Promise<Record<string, string>> {
    const { method, body, secrets } = this.#call;
    const { headers } = this.#options;
    if (!headers) return {};
    try {
      return await unlessAborted(
        headers({ method, url, body }),
        this.#deadline.signal,
      );
    } catch (error) {
      if (this.#deadline.signal.aborted) throw error;
      const { code, detail } = networkFailure(error);
      const words = error instanceof Error && !code ? error.message : detail;
      // The error itself goes no further: it may quote credentials.
      throw this.#withoutCredentials(cleaned(words, secrets), {
        transient: code !== undefined,
      });
    }
  }

  #withoutCredentials(detail: string, options: { transient: boolean }) {
    return new PreparationFailure(
      this.#failure({
        kind: options.transient ? 'unavailable' : 'unauthorized',
        detail: `no credentials to call with: ${detail}`,
        transient: options.transient,
        down: false,
        mayHaveHappened: false,
      }),
    );
  }

  async #read(response: Response, url: URL): Promise<Outcome<T>> {
    const { status, headers } = response;
    const { request } = this.#call;
    const isAnswer =
      response.ok ||
      request.accept?.includes(status) ||
      (request.redirect === 'manual' && isRedirect(status));
    if (!isAnswer) return this.#refusal(response);

    if (!response.ok || !request.schema) {
      await response.body?.cancel();
      // A request without a schema has no body to type: T is unknown there.
      const body = undefined as T;
      return { type: 'answer', status, headers, url: url.href, body };
    }
    const { maxResponseBytes } = this.#options;
    const { text, cut } = await readBounded(response, maxResponseBytes);
    if (cut) {
      return this.#invalid(
        `the answer is larger than ${maxResponseBytes} bytes`,
        status,
      );
    }
    const json = readJson(text, request.schema, this.#call.secrets);
    if ('problem' in json) return this.#invalid(json.problem, status);
    return { type: 'answer', status, headers, url: url.href, body: json.value };
  }

  async #refusal(response: Response): Promise<Outcome<T>> {
    const { status, headers } = response;
    const now = Date.now();
    const limited =
      status === 429 || this.#options.isRateLimited?.({ status, headers });
    const kind = limited ? 'rate-limited' : kindOf(status);
    // The status says what failed; the words are welcome, but no more than that.
    const { text } = await readBounded(response, MAX_FAILURE_BYTES).catch(
      () => ({ text: '' }),
    );
    return this.#failure({
      kind,
      status,
      detail: failureWords({ status, text }, this.#call.secrets),
      retryAt:
        retryAfter(headers, now) ??
        (limited
          ? boundedRetryAt(this.#options.retryAt?.({ headers, now }), now)
          : undefined),
      // 501 and 505 say that it will never work.
      transient: isTransient(kind) && status !== 501 && status !== 505,
      mayHaveHappened: !limited && (status >= 500 || status < 400),
    });
  }

  /** An answer that breaks the protocol, to a request that did arrive. */
  #invalid(detail: string, status: number): Outcome<T> {
    return this.#failure({
      kind: 'invalid-response',
      detail,
      status,
      transient: false,
      mayHaveHappened: true,
    });
  }

  #failure(failure: {
    kind: UpstreamErrorKind;
    detail: string;
    status?: number;
    retryAt?: number;
    transient: boolean;
    down?: boolean;
    mayHaveHappened: boolean;
    cause?: unknown;
  }): Outcome<never> {
    const { transient, down, detail, ...rest } = failure;
    return {
      type: 'failure',
      error: new UpstreamError({
        ...rest,
        detail,
        source: this.#options.source,
        operation: this.#call.operation,
        mayHaveHappened: !this.#call.isRead && failure.mayHaveHappened,
      }),
      detail,
      transient,
      down: down ?? (rest.kind === 'unavailable' || rest.kind === 'timeout'),
    };
  }
}

function kindOf(status: number): UpstreamErrorKind {
  switch (status) {
    case 401:
      return 'unauthorized';
    case 403:
      return 'forbidden';
    case 404:
    case 410:
      return 'not-found';
    case 408:
      return 'timeout';
    default:
      if (status >= 500) return 'unavailable';
      return status >= 400 ? 'rejected' : 'invalid-response';
  }
}

function isTransient(kind: UpstreamErrorKind): boolean {
  return ['rate-limited', 'unavailable', 'timeout'].includes(kind);
}
