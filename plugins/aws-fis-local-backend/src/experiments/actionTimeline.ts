import { Interval } from './schedule';
import { ActionStatus } from './states';
import { ActionTimeline, Transition } from './timeline';

/** What comes in between: every action that is not over by then ends. */
export interface Interruption {
  at: number;
  /** When the actions that it stops have stopped. */
  stoppedAt: number;
  /** The action that failed and so is its cause. */
  failedAction?: string;
}

const pendingFrom = (at: number): Transition<ActionStatus> => ({
  at,
  status: 'pending',
  reason: 'Initial state',
});

/** The course of an action that never runs. */
export function unrunAction(
  createdAt: number,
  end: Transition<'cancelled' | 'skipped'>,
): ActionTimeline {
  return { transitions: [pendingFrom(createdAt), end] };
}

/** The course of an action, as it was scheduled or as it was interrupted. */
export function actionTimeline(
  name: string,
  createdAt: number,
  { start, end, skipped }: Interval,
  interruption: Interruption | undefined,
): ActionTimeline {
  if (interruption && start >= interruption.at) {
    return unrunAction(createdAt, {
      at: interruption.at,
      status: 'cancelled',
      reason: 'Action was cancelled.',
    });
  }
  if (skipped) {
    return unrunAction(createdAt, {
      at: start,
      status: 'skipped',
      reason: 'Action was skipped: it has no target.',
    });
  }

  const began = [
    pendingFrom(createdAt),
    { at: start, status: 'running' as const, reason: 'Action is running.' },
  ];
  if (!interruption || end <= interruption.at) {
    return {
      transitions: [
        ...began,
        { at: end, status: 'completed', reason: 'Action was completed.' },
      ],
      startTime: start,
      endTime: end,
    };
  }
  const { at, stoppedAt, failedAction } = interruption;
  if (failedAction === name) {
    return {
      transitions: [
        ...began,
        { at, status: 'failed', reason: 'Action failed.' },
      ],
      startTime: start,
      endTime: at,
    };
  }
  return {
    transitions: [
      ...began,
      { at, status: 'stopping', reason: 'Stopping action.' },
      { at: stoppedAt, status: 'stopped', reason: 'Action was stopped.' },
    ],
    startTime: start,
    endTime: stoppedAt,
  };
}
