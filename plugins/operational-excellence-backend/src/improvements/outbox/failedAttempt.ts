import { UpstreamErrorKind } from 'backstage-plugin-operational-excellence-node';
import { failureWords } from '../../sync/failureWords';
import { upstreamErrorOf } from '../../sync/retryDelay';

/** What people can do something about, while time does not help. */
const REFUSALS: UpstreamErrorKind[] = ['rejected', 'forbidden', 'not-found'];

/**
 * What to make of an error of a call that creates a ticket.
 *
 * - `refused`: there is no ticket, and there will be none like this
 * - `failed`: there is no ticket, but the next attempt may succeed
 * - `doubtful`: there may be a ticket
 */
export type AttemptOutcome = 'refused' | 'failed' | 'doubtful';

export function outcomeOf(error: unknown): AttemptOutcome {
  const upstream = upstreamErrorOf(error);
  if (upstream?.mayHaveHappened !== false) return 'doubtful';
  return upstream.kind && REFUSALS.includes(upstream.kind)
    ? 'refused'
    : 'failed';
}

/** Why an improvement is not filed, as its author is told. */
export function reasonOf(error: unknown): string {
  const upstream = upstreamErrorOf(error);
  // The author knows which tracker it is, and what was asked of it.
  return upstream?.detail ? failureWords(upstream.detail) : failureWords(error);
}
