import {
  MEASURE_STATES,
  type DailyPoint,
  type MeasureState,
} from 'backstage-plugin-operational-excellence-common';
import { countedDays, TrendDay } from '../trendDays';

/** Days in a row on which a service was in one state. */
export interface StateRun {
  state: MeasureState;
  /** The titles of the first and the last day. */
  from: string;
  to: string;
}

/** The state of the one service that a point tells of. */
export function stateOf({ states }: DailyPoint): MeasureState | undefined {
  return MEASURE_STATES.find(state => states.service[state]);
}

/**
 * The states of a service, one after the other. A state is taken to have stayed
 * over days of which nothing is known where it is the same on both sides.
 */
export function stateRuns(days: readonly TrendDay[]): StateRun[] {
  const runs: StateRun[] = [];
  for (const { point, title } of countedDays(days)) {
    const state = stateOf(point);
    const last = runs[runs.length - 1];
    if (!state) continue;
    if (last?.state === state) last.to = title;
    else runs.push({ state, from: title, to: title });
  }
  return runs;
}
