import fc from 'fast-check';
import { DateTime } from 'luxon';
import { lastWeeks, startOfWeek, WEEK_MS } from './weeks';

const instants = fc.integer({
  min: Date.UTC(1960, 0, 1),
  max: Date.UTC(2100, 0, 1),
});

describe('startOfWeek', () => {
  it('is what the calendar says', () => {
    fc.assert(
      fc.property(instants, instant => {
        const { weekNumber, weekYear } = DateTime.fromMillis(instant).toUTC();
        const monday = DateTime.fromObject(
          { weekNumber, weekYear, weekday: 1 },
          { zone: 'utc' },
        );
        expect(startOfWeek(instant)).toBe(monday.toMillis());
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['2026-11-23T00:00:00.000Z', '2026-11-23T00:00:00.000Z'],
    ['2026-11-22T23:59:59.999Z', '2026-11-16T00:00:00.000Z'],
    ['2027-01-01T12:00:00.000Z', '2026-12-28T00:00:00.000Z'],
  ])('of %s is %s', (instant, monday) => {
    expect(new Date(startOfWeek(Date.parse(instant))).toISOString()).toBe(
      monday,
    );
  });
});

describe('lastWeeks', () => {
  it('follow on each other until now', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 60 }), (now, count) => {
        const weeks = lastWeeks(now, { count });
        expect(weeks).toHaveLength(count);
        weeks.slice(1).forEach((week, index) => {
          expect(week - weeks[index]).toBe(WEEK_MS);
        });
        const current = weeks[count - 1];
        expect(current).toBeLessThanOrEqual(now);
        expect(now - current).toBeLessThan(WEEK_MS);
      }),
    );
  });
});
