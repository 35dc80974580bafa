import { dailyPoint } from '../__testUtils__/historyFixtures';
import { countedDays, missingDays, spanOf, trendDays } from './trendDays';
import { ageOn, exercisedIn, weekOf } from './trendFigures';

const point = (day: string, gameDaysHeld = 1, testsPassed = 0) =>
  dailyPoint(0, { day, gameDaysHeld, testsPassed });

describe('the days of a trend', () => {
  it('end today by the calendar of UTC', () => {
    const now = Date.parse('2026-03-01T00:30:00+02:00');
    expect(spanOf(30, now)).toEqual({ from: '2026-01-30', to: '2026-02-28' });
  });

  it('are all there, also those of which nothing is known', () => {
    const days = trendDays([point('2026-02-27'), point('2026-03-01')], {
      from: '2026-02-26',
      to: '2026-03-02',
    });
    expect(days.map(({ day, point: known }) => [day, known?.day])).toEqual([
      ['2026-02-26', undefined],
      ['2026-02-27', '2026-02-27'],
      ['2026-02-28', undefined],
      ['2026-03-01', '2026-03-01'],
      ['2026-03-02', undefined],
    ]);
    expect(countedDays(days).map(({ day }) => day)).toEqual([
      '2026-02-27',
      '2026-03-01',
    ]);
  });

  it.each<[string, string[], number]>([
    ['none was counted', [], 0],
    ['what is before the first', ['2026-02-28', '2026-03-01'], 0],
    ['what lies between', ['2026-02-25', '2026-02-28', '2026-03-01'], 2],
    ['yesterday, but not today', ['2026-02-27'], 1],
    ['nothing but today', ['2026-02-27', '2026-02-28'], 0],
  ])('are missing: %s', (_, counted, missing) => {
    const days = trendDays(
      counted.map(day => point(day)),
      { from: '2026-02-25', to: '2026-03-01' },
    );
    expect(missingDays(days)).toBe(missing);
  });
});

describe('the figures of a trend', () => {
  it('tell how old something was when the day was over', () => {
    const of = (oldestCreatedAt: string | null) =>
      ageOn(
        dailyPoint(0, { day: '2026-03-10', oldestCreatedAt }),
        'oldestCreatedAt',
      );
    expect(of('2026-03-01T00:00:00.000Z')).toBe(10);
    expect(of('2026-03-10T23:00:00.000Z')).toBe(0);
    expect(of('2026-03-12T00:00:00.000Z')).toBe(0);
    expect(of(null)).toBeNull();
  });

  it.each([
    ['2026-11-23', '2026-11-23'],
    ['2026-11-29', '2026-11-23'],
    ['2026-11-22', '2026-11-16'],
    ['2027-01-01', '2026-12-28'],
  ])('put %s into the week of %s', (day, monday) => {
    expect(weekOf(day)).toBe(monday);
  });

  it('are summed up by the week, leaving out what is not known', () => {
    const days = trendDays(
      [
        point('2026-11-20', 2, 1),
        point('2026-11-22', 1, 0),
        point('2026-11-23', 0, 3),
      ],
      { from: '2026-11-09', to: '2026-11-24' },
    );
    const titlesOf = (start: string) => ({ title: start, shortTitle: start });
    expect(exercisedIn(days, 'week', titlesOf)).toEqual([
      { held: 3, passed: 1, ...titlesOf('2026-11-16') },
      { held: 0, passed: 3, ...titlesOf('2026-11-23') },
    ]);
    expect(exercisedIn(days, 'day', titlesOf)).toHaveLength(3);
  });
});
