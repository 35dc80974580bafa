import { SimulatedCourse } from './course';
import { stateAt } from './timeline';
import { timelineOf } from './timelineOf';

const CREATED = 1_000_000;
const INITIATING = CREATED + 350;
const BEGIN = INITIATING + 5_000;

const action = (durationMs: number, startAfter: string[] = []) => ({
  durationMs,
  startAfter,
});

const course = (changes: Partial<SimulatedCourse> = {}): SimulatedCourse => ({
  kind: 'simulated',
  timeScale: 1,
  actionsMode: 'run-all',
  emptyTargetResolutionMode: 'fail',
  accountTargeting: 'single-account',
  actions: {
    a: action(60_000),
    b: action(30_000, ['a']),
    c: action(10_000),
  },
  ...changes,
});

/** States and when they begin, relative to the creation. */
const states = (changes: Partial<SimulatedCourse> = {}) => {
  const timeline = timelineOf(course(changes), CREATED);
  return {
    states: timeline.transitions.map(({ at, status }) => [
      at - CREATED,
      status,
    ]),
    actions: Object.fromEntries(
      Object.entries(timeline.actions).map(([name, { transitions }]) => [
        name,
        transitions.map(({ at, status }) => [at - CREATED, status]),
      ]),
    ),
    startTime: timeline.startTime,
    endTime: timeline.endTime - CREATED,
  };
};

describe('timelineOf', () => {
  it('runs actions at the beginning, or after those they wait for', () => {
    expect(states()).toEqual({
      states: [
        [0, 'pending'],
        [350, 'initiating'],
        [5_350, 'running'],
        [95_350, 'completed'],
      ],
      actions: {
        a: [
          [0, 'pending'],
          [5_350, 'running'],
          [65_350, 'completed'],
        ],
        b: [
          [0, 'pending'],
          [65_350, 'running'],
          [95_350, 'completed'],
        ],
        c: [
          [0, 'pending'],
          [5_350, 'running'],
          [15_350, 'completed'],
        ],
      },
      startTime: INITIATING,
      endTime: 95_350,
    });
  });

  it('runs faster by the time scale', () => {
    expect(states({ timeScale: 10 }).states).toEqual([
      [0, 'pending'],
      [35, 'initiating'],
      [535, 'running'],
      [9_535, 'completed'],
    ]);
  });

  it('skips all actions of a dry run', () => {
    const dryRun = states({ actionsMode: 'skip-all' });
    expect(dryRun.states).toEqual([
      [0, 'pending'],
      [350, 'initiating'],
      [5_350, 'completed'],
    ]);
    expect(dryRun.actions.a).toEqual([
      [0, 'pending'],
      [5_350, 'skipped'],
    ]);
    expect(dryRun.startTime).toBe(INITIATING);
  });

  it('ends cancelled, never having started, behind an engaged safety lever', () => {
    expect(states({ refused: true })).toMatchObject({
      states: [
        [0, 'pending'],
        [350, 'cancelled'],
      ],
      startTime: undefined,
      endTime: 350,
    });
  });

  describe('with a target that is empty', () => {
    const actions = {
      a: { ...action(60_000), emptyTarget: 'fleet' },
      b: action(30_000, ['a']),
    };

    it('fails before any action runs', () => {
      const failed = timelineOf(course({ actions }), CREATED);
      expect(failed.transitions.at(-1)).toEqual({
        at: BEGIN,
        status: 'failed',
        reason: 'Target resolution returned empty set: fleet',
        error: { code: 'InvalidTarget', location: 'targets.fleet' },
      });
      expect(failed.actions.b).toEqual({
        transitions: [
          { at: CREATED, status: 'pending', reason: 'Initial state' },
          { at: BEGIN, status: 'cancelled', reason: 'Action was cancelled.' },
        ],
      });
    });

    it('skips only its actions where the template says so', () => {
      expect(
        states({ actions, emptyTargetResolutionMode: 'skip' }),
      ).toMatchObject({
        actions: {
          a: [
            [0, 'pending'],
            [5_350, 'skipped'],
          ],
          b: [
            [0, 'pending'],
            [5_350, 'running'],
            [35_350, 'completed'],
          ],
        },
        endTime: 35_350,
      });
    });
  });

  describe('stopped', () => {
    const stoppedAt = (at: number) =>
      states({ stop: { at: CREATED + at, cause: 'stop-condition' } });

    it('stops what runs, cancels what waits and leaves what is over', () => {
      expect(stoppedAt(20_000)).toEqual({
        states: [
          [0, 'pending'],
          [350, 'initiating'],
          [5_350, 'running'],
          [20_000, 'stopping'],
          [22_000, 'stopped'],
        ],
        actions: {
          a: [
            [0, 'pending'],
            [5_350, 'running'],
            [20_000, 'stopping'],
            [22_000, 'stopped'],
          ],
          b: [
            [0, 'pending'],
            [20_000, 'cancelled'],
          ],
          c: [
            [0, 'pending'],
            [5_350, 'running'],
            [15_350, 'completed'],
          ],
        },
        startTime: INITIATING,
        endTime: 22_000,
      });
    });

    it('runs nothing where that comes before its actions', () => {
      const { states: seen, actions } = stoppedAt(0);
      expect(seen).toEqual([
        [0, 'pending'],
        [350, 'initiating'],
        [350, 'stopping'],
        [2_350, 'stopped'],
      ]);
      expect(actions.a).toEqual([
        [0, 'pending'],
        [350, 'cancelled'],
      ]);
    });

    it('says why', () => {
      const reasons = (['request', 'stop-condition', 'safety-lever'] as const)
        .map(cause =>
          timelineOf(course({ stop: { at: BEGIN, cause } }), CREATED),
        )
        .map(({ transitions }) => transitions.at(-1)!.reason);
      expect(reasons).toEqual([
        'Experiment stopped.',
        'Experiment halted by stop condition.',
        'Experiment stopped by safety lever.',
      ]);
    });

    it('changes nothing where the end comes first', () => {
      expect(stoppedAt(95_350)).toEqual(states());
    });
  });

  it('fails with an action, and stops the others', () => {
    const failed = timelineOf(course({ failingAction: 'a' }), CREATED);
    const at = BEGIN + 30_000;
    expect(failed.transitions.at(-1)).toEqual({
      at,
      status: 'failed',
      reason: 'Action a failed.',
      error: { code: 'DependentServiceFailure', location: 'actions.a' },
    });
    expect(failed.actions.a.transitions.at(-1)!.status).toBe('failed');
    expect(failed.actions.b.transitions.at(-1)!.status).toBe('cancelled');
    expect(failed.actions.c.transitions.at(-1)!.status).toBe('completed');
  });
});

describe('stateAt', () => {
  const { transitions } = timelineOf(course(), CREATED);

  it('is what began last', () => {
    expect(stateAt(transitions, CREATED).status).toBe('pending');
    expect(stateAt(transitions, INITIATING - 1).status).toBe('pending');
    expect(stateAt(transitions, INITIATING).status).toBe('initiating');
    expect(stateAt(transitions, Infinity).status).toBe('completed');
  });
});
