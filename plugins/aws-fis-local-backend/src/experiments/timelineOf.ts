import { actionTimeline, Interruption, unrunAction } from './actionTimeline';
import { SimulatedCourse } from './course';
import { Interval, scheduleActions } from './schedule';
import { ExperimentStatus, StopCause } from './states';
import { Timeline, Transition } from './timeline';

/** Simulated milliseconds. */
const PENDING_MS = 350;
const INITIATING_MS = 5_000;
const STOPPING_MS = 2_000;

const STOP_REASONS: Record<StopCause, string> = {
  request: 'Experiment stopped.',
  'stop-condition': 'Experiment halted by stop condition.',
  'safety-lever': 'Experiment stopped by safety lever.',
};

interface Beginning {
  course: SimulatedCourse;
  createdAt: number;
  /** When it leaves `pending`. */
  initiating: number;
  /** When its targets are resolved and its first actions may run. */
  begin: number;
  scaled: (simulatedMs: number) => number;
}

/**
 * Everything that happens to a simulated experiment, as a function of what was
 * asked for and when. There is no clock in it, so that a restart changes nothing.
 */
export function timelineOf(
  course: SimulatedCourse,
  createdAt: number,
): Timeline {
  const scaled = (simulatedMs: number) =>
    Math.round(simulatedMs / course.timeScale);
  const initiating = createdAt + scaled(PENDING_MS);
  const begin = initiating + scaled(INITIATING_MS);
  const beginning = { course, createdAt, initiating, begin, scaled };

  if (course.refused) return refused(beginning);
  const stopAt = course.stop && Math.max(course.stop.at, initiating);
  if (stopAt === undefined || stopAt >= begin) {
    if (course.actionsMode === 'skip-all') return dryRun(beginning);
    const emptyTarget = emptyTargetOf(course);
    if (
      emptyTarget !== undefined &&
      course.emptyTargetResolutionMode === 'fail'
    )
      return unresolved(beginning, emptyTarget);
  }
  return run(beginning, stopAt);
}

function emptyTargetOf({ actions }: SimulatedCourse): string | undefined {
  return Object.values(actions).find(
    ({ emptyTarget }) => emptyTarget !== undefined,
  )?.emptyTarget;
}

const pending = (at: number): Transition<ExperimentStatus> => ({
  at,
  status: 'pending',
  reason: 'Experiment is pending.',
});

const initiatingFrom = (at: number): Transition<ExperimentStatus> => ({
  at,
  status: 'initiating',
  reason: 'Experiment is initiating.',
});

const runningFrom = (at: number): Transition<ExperimentStatus> => ({
  at,
  status: 'running',
  reason: 'Experiment is running.',
});

function unrunActions(
  { course, createdAt }: Beginning,
  end: Transition<'cancelled' | 'skipped'>,
): Timeline['actions'] {
  return Object.fromEntries(
    Object.keys(course.actions).map(name => [
      name,
      unrunAction(createdAt, end),
    ]),
  );
}

/** Started while the safety lever was engaged. */
function refused(beginning: Beginning): Timeline {
  const at = beginning.initiating;
  return {
    transitions: [
      pending(beginning.createdAt),
      {
        at,
        status: 'cancelled',
        reason: 'Experiment cancelled: the safety lever is engaged.',
      },
    ],
    endTime: at,
    actions: unrunActions(beginning, {
      at,
      status: 'cancelled',
      reason: 'Action was cancelled.',
    }),
  };
}

function dryRun(beginning: Beginning): Timeline {
  const { createdAt, initiating, begin } = beginning;
  return {
    transitions: [
      pending(createdAt),
      initiatingFrom(initiating),
      { at: begin, status: 'completed', reason: 'Experiment completed.' },
    ],
    startTime: initiating,
    endTime: begin,
    actions: unrunActions(beginning, {
      at: begin,
      status: 'skipped',
      reason: 'Action was skipped.',
    }),
  };
}

/** A target is empty where that is an error. */
function unresolved(beginning: Beginning, emptyTarget: string): Timeline {
  const { createdAt, initiating, begin } = beginning;
  return {
    transitions: [
      pending(createdAt),
      initiatingFrom(initiating),
      {
        at: begin,
        status: 'failed',
        reason: `Target resolution returned empty set: ${emptyTarget}`,
        error: { code: 'InvalidTarget', location: `targets.${emptyTarget}` },
      },
    ],
    startTime: initiating,
    endTime: begin,
    actions: unrunActions(beginning, {
      at: begin,
      status: 'cancelled',
      reason: 'Action was cancelled.',
    }),
  };
}

function run(beginning: Beginning, stopAt: number | undefined): Timeline {
  const { course, createdAt, initiating, begin, scaled } = beginning;
  const schedule = scheduleActions(course.actions, begin, scaled);
  const completedAt = Math.max(
    begin,
    ...[...schedule.values()].map(({ end }) => end),
  );
  const interruption = interruptionOf(beginning, schedule, completedAt, stopAt);
  const endTime = interruption?.stoppedAt ?? completedAt;
  return {
    transitions: [
      pending(createdAt),
      initiatingFrom(initiating),
      ...(interruption && interruption.at < begin ? [] : [runningFrom(begin)]),
      ...endOf(course, interruption, endTime),
    ],
    startTime: initiating,
    endTime,
    actions: Object.fromEntries(
      [...schedule].map(([name, interval]) => [
        name,
        actionTimeline(name, createdAt, interval, interruption),
      ]),
    ),
  };
}

/** The first of what ends the experiment before all its actions have ended. */
function interruptionOf(
  { course, scaled }: Beginning,
  schedule: Map<string, Interval>,
  completedAt: number,
  stopAt = Infinity,
): Interruption | undefined {
  const { failingAction } = course;
  const failing =
    failingAction === undefined ? undefined : schedule.get(failingAction);
  const failsAt =
    failing && !failing.skipped
      ? Math.floor((failing.start + failing.end) / 2)
      : Infinity;
  if (stopAt < Math.min(failsAt, completedAt)) {
    return { at: stopAt, stoppedAt: stopAt + scaled(STOPPING_MS) };
  }
  return failsAt < Infinity
    ? { at: failsAt, stoppedAt: failsAt, failedAction: failingAction }
    : undefined;
}

function endOf(
  course: SimulatedCourse,
  interruption: Interruption | undefined,
  endTime: number,
): Transition<ExperimentStatus>[] {
  if (!interruption) {
    return [
      { at: endTime, status: 'completed', reason: 'Experiment completed.' },
    ];
  }
  const { at, failedAction } = interruption;
  if (failedAction !== undefined) {
    return [
      {
        at,
        status: 'failed',
        reason: `Action ${failedAction} failed.`,
        error: {
          code: 'DependentServiceFailure',
          location: `actions.${failedAction}`,
        },
      },
    ];
  }
  return [
    { at, status: 'stopping', reason: 'Stopping Experiment.' },
    {
      at: endTime,
      status: 'stopped',
      reason: STOP_REASONS[course.stop!.cause],
    },
  ];
}
