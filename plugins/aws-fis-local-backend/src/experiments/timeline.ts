import { ActionStatus, ExperimentStatus } from './states';

/** From this instant on, until the next one. */
export interface Transition<Status> {
  at: number;
  status: Status;
  reason: string;
  error?: { code: string; location: string };
}

export interface ActionTimeline {
  transitions: Transition<ActionStatus>[];
  startTime?: number;
  endTime?: number;
}

/** All that happens to an experiment, past and to come. */
export interface Timeline {
  transitions: Transition<ExperimentStatus>[];
  startTime?: number;
  /** When it reaches its final state. */
  endTime: number;
  actions: Record<string, ActionTimeline>;
}

/** What is in force at an instant: the last transition that is not later. */
export function stateAt<Status>(
  transitions: Transition<Status>[],
  now: number,
): Transition<Status> {
  return transitions.reduce(
    (state, next) => (next.at <= now ? next : state),
    transitions[0],
  );
}
