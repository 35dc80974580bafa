import { inspect } from 'node:util';
import { UpstreamError, UpstreamErrorKind } from '../../upstream';

/**
 * Ways in which an upstream can fail.
 *
 * - `unauthorized`: it refuses the credentials
 * - `forbidden`: the credentials lack a right
 * - `not-found`: what the scope names does not exist
 * - `rate-limited`: too many requests
 * - `html`: it answers with a page for people
 * - `truncated`: its JSON ends early
 * - `wrong-shape`: its JSON is not what the protocol promises
 * - `down`: it answers 5xx, or cannot be reached
 * - `silent`: it takes requests and never answers
 * - `empty-without-rights`: it answers as if there were nothing, because the
 *   credentials are not valid
 *
 * @public
 */
export type UpstreamFailure =
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'rate-limited'
  | 'html'
  | 'truncated'
  | 'wrong-shape'
  | 'down'
  | 'silent'
  | 'empty-without-rights';

/**
 * A handle on an upstream that can be made to fail.
 *
 * @public
 */
export interface FailingUpstream {
  /**
   * Makes every request fail that comes after the next `afterRequests`, until
   * {@link FailingUpstream.heal}; all of them if left out.
   */
  fail(
    failure: UpstreamFailure,
    options?: { afterRequests?: number },
  ): Promise<void>;
  heal(): Promise<void>;
  /** How many requests the upstream has received so far. */
  requests(): number;
  /** What the source authenticates with; must not show up in any error. */
  readonly secrets: readonly string[];
}

/** The kinds of error that a failure may be reported as. */
export const EXPECTED_KINDS: Record<
  UpstreamFailure,
  readonly UpstreamErrorKind[]
> = {
  unauthorized: ['unauthorized'],
  // Some upstreams hide what a caller may not see.
  forbidden: ['forbidden', 'not-found'],
  'not-found': ['not-found'],
  'rate-limited': ['rate-limited'],
  html: ['invalid-response'],
  truncated: ['invalid-response'],
  'wrong-shape': ['invalid-response'],
  down: ['unavailable'],
  silent: ['timeout'],
  'empty-without-rights': ['unauthorized', 'forbidden', 'not-found'],
};

/** Every failure, in the order of the tests. */
export const UPSTREAM_FAILURES = Object.keys(
  EXPECTED_KINDS,
) as UpstreamFailure[];

/** The error that something asynchronous ends with; fails where it succeeds. */
export async function errorOf(run: () => Promise<unknown>): Promise<unknown> {
  let result: unknown;
  try {
    result = await run();
  } catch (error) {
    return error;
  }
  throw new Error(
    `Expected an error, but it succeeded with ${inspect(result)}`,
  );
}

/** Expects an error that a person can act on, and that gives nothing away. */
export function expectUpstreamError(
  error: unknown,
  expected: {
    kinds: readonly UpstreamErrorKind[];
    source: string;
    secrets: readonly string[];
  },
): asserts error is UpstreamError {
  expect(error).toBeInstanceOf(UpstreamError);
  const { kind, source, message } = error as UpstreamError;
  expect(expected.kinds).toContain(kind);
  expect(source).toBe(expected.source);
  expect(message).toContain(expected.source);
  const everything = inspect(error, { depth: 10, showHidden: true });
  for (const secret of expected.secrets) {
    expect(everything).not.toContain(secret);
  }
}

/** Expects that something was stopped by its signal, not by the upstream. */
export function expectAbortError(error: unknown): void {
  expect(error).toMatchObject({ name: 'AbortError' });
}
