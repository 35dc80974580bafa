import fc from 'fast-check';
import { exerciseStateSchema } from '../api/exercises';
import { experimentStateSchema } from '../api/experiments';
import {
  exerciseSpan,
  exerciseWindow,
  isExperimentWithin,
} from './exerciseWindow';

const QUARTER = 15 * 60_000;
const instant = fc.integer({ min: 0, max: 10 * QUARTER });

const exercise = fc
  .record({
    state: fc.constantFrom(...exerciseStateSchema.options),
    plannedStart: instant,
    lasts: fc.integer({ min: 1, max: 4 * QUARTER }),
    startedAt: fc.option(instant),
    ran: fc.option(fc.nat({ max: 4 * QUARTER })),
  })
  .map(({ lasts, plannedStart, ran, startedAt, state }) => ({
    state,
    plannedStart,
    plannedEnd: plannedStart + lasts,
    startedAt,
    endedAt: startedAt === null || ran === null ? null : startedAt + ran,
  }));

describe('exerciseSpan', () => {
  it('is when it was held, else when it is planned for; never backwards', () => {
    fc.assert(
      fc.property(exercise, given => {
        const { from, to } = exerciseSpan(given);
        expect(from).toBe(given.startedAt ?? given.plannedStart);
        expect(to).toBeGreaterThanOrEqual(from);
        const last =
          given.startedAt === null
            ? given.plannedEnd
            : Math.max(given.startedAt, given.plannedEnd);
        expect(to).toBe(given.endedAt ?? last);
      }),
    );
  });
});

describe('exerciseWindow', () => {
  it('lies a quarter of an hour around, and reaches up to now while it runs', () => {
    fc.assert(
      fc.property(exercise, instant, (given, now) => {
        const span = exerciseSpan(given);
        const { from, to } = exerciseWindow(given, now);
        expect(from).toBe(span.from - QUARTER);
        const runsLonger = given.state === 'running' && now > span.to;
        expect(to).toBe((runsLonger ? now : span.to) + QUARTER);
      }),
    );
  });
});

describe('isExperimentWithin', () => {
  const experiment = fc.record({
    state: fc.constantFrom(...experimentStateSchema.options),
    createdAt: instant,
    endedAt: fc.option(instant),
  });

  it('finds those that have an instant in common with the span', () => {
    fc.assert(
      fc.property(
        experiment,
        instant,
        instant,
        instant,
        (given, from, lasts, now) => {
          fc.pre(given.endedAt === null || given.endedAt >= given.createdAt);
          fc.pre(given.createdAt <= now);
          const to = from + lasts;
          const isOver = ['completed', 'stopped', 'failed', 'cancelled'];
          const lastKnown = isOver.includes(given.state)
            ? given.createdAt
            : now;
          const until = given.endedAt ?? lastKnown;
          const latestBegin = Math.max(from, given.createdAt);
          const earliestEnd = Math.min(to, until);
          expect(isExperimentWithin(given, { from, to }, now)).toBe(
            latestBegin <= earliestEnd,
          );
        },
      ),
    );
  });

  it('does not let what never ran last until today', () => {
    const failed = { state: 'failed', createdAt: 5, endedAt: null } as const;
    expect(isExperimentWithin(failed, { from: 6, to: 9 }, 8)).toBe(false);
    expect(isExperimentWithin(failed, { from: 5, to: 9 }, 8)).toBe(true);
  });
});
