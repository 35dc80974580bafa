import fc from 'fast-check';
import {
  CLOCK_SKEW_MS,
  heldTimesProblem,
  planTimesProblem,
} from './exerciseTimes';

const NOW = Date.parse('2026-07-01T08:00:00Z');
const around = fc.integer({
  min: NOW - 2 * CLOCK_SKEW_MS,
  max: NOW + 2 * CLOCK_SKEW_MS,
});

describe('planTimesProblem', () => {
  it('finds every plan that does not end after its begin', () => {
    fc.assert(
      fc.property(around, around, (plannedStart, plannedEnd) => {
        const problem = planTimesProblem({ plannedStart, plannedEnd });
        expect(problem === undefined).toBe(plannedEnd > plannedStart);
      }),
    );
  });

  it('says which instants those are', () => {
    expect(planTimesProblem({ plannedStart: NOW, plannedEnd: NOW })).toBe(
      'plannedEnd 2026-07-01T08:00:00.000Z is not after plannedStart 2026-07-01T08:00:00.000Z',
    );
  });
});

describe('heldTimesProblem', () => {
  it('lets through what lies in the past, in order', () => {
    fc.assert(
      fc.property(
        fc.option(around),
        fc.option(around),
        (startedAt, endedAt) => {
          const problem = heldTimesProblem({ startedAt, endedAt }, NOW);
          const instants = [startedAt, endedAt].filter(at => at !== null);
          expect(problem === undefined).toBe(
            instants.every(at => at <= NOW + CLOCK_SKEW_MS) &&
              instants.every((at, n) => n === 0 || instants[n - 1] <= at),
          );
        },
      ),
    );
  });

  it.each([
    [
      { startedAt: NOW + CLOCK_SKEW_MS + 1, endedAt: null },
      'startedAt 2026-07-01T08:05:00.001Z is in the future',
    ],
    [
      { startedAt: NOW, endedAt: NOW + CLOCK_SKEW_MS + 1 },
      'endedAt 2026-07-01T08:05:00.001Z is in the future',
    ],
    [
      { startedAt: NOW, endedAt: NOW - 1 },
      'endedAt 2026-07-01T07:59:59.999Z is before startedAt 2026-07-01T08:00:00.000Z',
    ],
  ])('says what is wrong with %j', (times, problem) => {
    expect(heldTimesProblem(times, NOW)).toBe(problem);
  });
});
