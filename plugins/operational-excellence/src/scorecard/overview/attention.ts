import {
  ATTENTION_STATES,
  MEASURES,
  type MeasureState,
  type StateCounts,
} from 'backstage-plugin-operational-excellence-common';

/** What states are counted of: services on the whole, and each measure. */
export const COUNTED = ['service', ...MEASURES] as const;

export type Counted = (typeof COUNTED)[number];

/** The states of which nothing can be said of how a service stands. */
export const STATES_WITHOUT_DATA = [
  'unknown',
  'not-configured',
] as const satisfies readonly MeasureState[];

/** How many services are in any of some states. */
export function countIn(
  counts: StateCounts,
  states: readonly MeasureState[],
): number {
  return states.reduce((sum, state) => sum + (counts[state] ?? 0), 0);
}

/** How many services are not as the policy asks. */
export function attentionCount(counts: StateCounts): number {
  return countIn(counts, ATTENTION_STATES);
}
