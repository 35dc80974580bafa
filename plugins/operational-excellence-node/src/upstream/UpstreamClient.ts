import { LoggerService } from '@backstage/backend-plugin-api';
import { z } from 'zod';

/** @public */
export interface UpstreamClientOptions {
  /** The id of the source, for messages. */
  source: string;
  logger: LoggerService;
  /**
   * Headers for each attempt, such as credentials or a signature; called anew
   * for every attempt.
   */
  headers?: (request: {
    method: string;
    url: URL;
    body?: string;
  }) => Promise<Record<string, string>>;
  /** From the start of an attempt to the last byte of its answer, milliseconds; 30 000 if left out. */
  timeoutMs?: number;
  /** The largest body that is read, bytes; 20 MiB if left out. */
  maxResponseBytes?: number;
  /**
   * Requests under way at once per host; 4 if left out. Each client counts for
   * itself: a client has one set of credentials, and that is what upstreams
   * count by.
   */
  concurrency?: number;
  /** The least time between the starts of two requests, milliseconds; 0 if left out. */
  minIntervalMs?: number;
  /** How often a read is tried altogether; 4 if left out. A write is tried once. */
  attempts?: number;
  /**
   * Before the attempt n + 1 of a read the client waits a random time between
   * zero and `initialMs` · 2ⁿ⁻¹, at most `maxMs`; 500 and 20 000 milliseconds if
   * left out.
   */
  backoff?: { initialMs?: number; maxMs?: number };
  /**
   * After that many failures in a row, each attempt counted, a host is
   * considered down; 5 if left out. Calls then fail at once, but for one that
   * tries again every `retryAfterMs`; 30 000 if left out.
   */
  circuitBreaker?: { failures?: number; retryAfterMs?: number };
  /** The longest wait for `Retry-After` within a call, milliseconds; 60 000 if left out. A longer one fails the call with `retryAt`. */
  maxRetryAfterMs?: number;
  /** Recognises a vendor's own sign of a rate limit, such as a 403 with headers. */
  isRateLimited?: (response: { status: number; headers: Headers }) => boolean;
  /** When a rate-limited upstream wants to be asked again, where it does not say so by `Retry-After`. */
  retryAt?: (response: { headers: Headers; now: number }) => number | undefined;
}

/** @public */
export interface UpstreamRequest<T> {
  /** `GET` if left out. */
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string | URL;
  query?: Record<string, string | number | boolean | undefined>;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  body?: unknown;
  /** Set on a POST that only reads, so that it may be repeated. */
  readOnly?: boolean;
  /** What the JSON answer must look like; without one the body is not read as JSON and `body` is `undefined`. */
  schema?: z.ZodType<T>;
  /**
   * `follow`, the default, follows the redirects of a read within its host, at
   * most five, and refuses all others: credentials are not sent to another host,
   * and a write is not sent twice. `manual` hands redirects to the caller.
   */
  redirect?: 'follow' | 'manual';
  /** Statuses that are answers rather than failures, beside 2xx; their body is not read, and `body` is `undefined`. */
  accept?: number[];
  /**
   * Ends the call at once, also while it waits; it then throws an `AbortError`.
   * Whether a write under way is done in spite of it is unknown.
   */
  signal?: AbortSignal;
}

/** @public */
export interface UpstreamResponse<T> {
  status: number;
  headers: Headers;
  url: string;
  body: T;
  /** How many requests the call took, repeated and redirected ones included. */
  requests: number;
}

/**
 * The one way to call an upstream: time-out, bounded response, concurrency per
 * host, `Retry-After`, backoff with jitter for reads, a circuit breaker, no blind
 * retry of a write, and errors that say which source, what was asked and what
 * came back. Credentials and bodies are never logged.
 *
 * @public
 */
export interface UpstreamClient {
  /**
   * @throws UpstreamError where the upstream fails, and InputError where the
   * address is none that can be called
   */
  request<T = unknown>(
    request: UpstreamRequest<T>,
  ): Promise<UpstreamResponse<T>>;
}
