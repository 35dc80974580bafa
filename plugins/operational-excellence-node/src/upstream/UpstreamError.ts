/**
 * What kind of failure an upstream call met.
 *
 * - `unauthorized`: the credentials were refused (401)
 * - `forbidden`: they lack a right (403)
 * - `not-found`: what was asked for does not exist, or is hidden (404, 410)
 * - `rate-limited`: too many requests (429, or a vendor's own sign of it)
 * - `rejected`: the request itself was refused (other 4xx)
 * - `unavailable`: the upstream failed or could not be reached (5xx, network)
 * - `timeout`: no complete answer in time
 * - `invalid-response`: an answer that is not what the protocol promises
 *
 * @public
 */
export type UpstreamErrorKind =
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'rate-limited'
  | 'rejected'
  | 'unavailable'
  | 'timeout'
  | 'invalid-response';

/**
 * A failed upstream call. Its message says which source, what was asked and what
 * came back, without credentials or bodies of requests.
 *
 * @public
 */
export class UpstreamError extends Error {
  override readonly name = 'UpstreamError';
  readonly kind: UpstreamErrorKind;
  /** The id of the source. */
  readonly source: string;
  /** Method and path of the request. */
  readonly operation: string;
  /** What came back, in the upstream's own words, shortened. */
  readonly detail: string;
  /** The HTTP status, where one came. */
  readonly status?: number;
  /** When the upstream wants to be asked again, epoch milliseconds. */
  readonly retryAt?: number;
  /**
   * Whether a write may have been done although it failed: look before you
   * repeat it.
   */
  readonly mayHaveHappened: boolean;

  constructor(options: {
    kind: UpstreamErrorKind;
    source: string;
    operation: string;
    /** What came back, in the upstream's own words, shortened. */
    detail: string;
    status?: number;
    retryAt?: number;
    mayHaveHappened?: boolean;
    cause?: unknown;
  }) {
    const { source, operation, status, detail } = options;
    super(
      `${source}: ${operation} ${
        status === undefined ? 'failed' : `answered ${status}`
      }: ${detail}`,
      { cause: options.cause },
    );
    this.kind = options.kind;
    this.source = source;
    this.operation = operation;
    this.detail = detail;
    this.status = status;
    this.retryAt = options.retryAt;
    this.mayHaveHappened = options.mayHaveHappened ?? false;
  }
}
