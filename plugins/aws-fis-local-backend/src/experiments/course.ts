import { FinalState, StopCause } from './states';

/** What decides how a simulated experiment goes on, all fixed at its start. */
export interface SimulatedCourse {
  kind: 'simulated';
  /** How many times faster than in AWS it runs. */
  timeScale: number;
  actionsMode: 'run-all' | 'skip-all';
  emptyTargetResolutionMode: 'fail' | 'skip';
  accountTargeting: 'single-account' | 'multi-account';
  actions: Record<string, PlannedAction>;
  /** The action that is to fail half-way. */
  failingAction?: string;
  /** Whether the safety lever was engaged when it was started. */
  refused?: boolean;
  /** Why and when it was told to stop. */
  stop?: { at: number; cause: StopCause };
}

export interface PlannedAction {
  /** Simulated milliseconds. */
  durationMs: number;
  startAfter: string[];
  /** The first of its targets that no resource matches. */
  emptyTarget?: string;
}

/** An experiment of the past, as it was told. */
export interface RecordedCourse {
  kind: 'recorded';
  state: {
    status: FinalState;
    reason: string;
    error?: { accountId?: string; code?: string; location?: string };
  };
  startTime?: number;
  endTime?: number;
  options: Record<string, string>;
  actions: Record<
    string,
    {
      state: { status: string; reason?: string };
      startTime?: number;
      endTime?: number;
    }
  >;
}

export type Course = SimulatedCourse | RecordedCourse;
