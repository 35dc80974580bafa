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
  /** From the start of an attempt to the last byte, milliseconds; 30 000 if left out. */
  timeoutMs?: number;
  /** The largest body that is read, bytes; 20 MiB if left out. */
  maxResponseBytes?: number;
  /** Requests under way at once per host; 4 if left out. */
  concurrency?: number;
  /** The least time between the starts of two requests, milliseconds; 0 if left out. */
  minIntervalMs?: number;
  /** How often a read is tried altogether; 4 if left out. A write is tried once. */
  attempts?: number;
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
  /** `error` (the default) refuses redirects to another host; `manual` hands them to the caller. */
  redirect?: 'follow' | 'manual';
  /** Statuses that are answers rather than failures, beside 2xx; their body is not checked against the schema. */
  accept?: number[];
  signal?: AbortSignal;
}

/** @public */
export interface UpstreamResponse<T> {
  status: number;
  headers: Headers;
  url: string;
  body: T;
  /** How many requests the call took. */
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
   * @throws UpstreamError
   */
  request<T = unknown>(
    request: UpstreamRequest<T>,
  ): Promise<UpstreamResponse<T>>;
}
