import { DateTime } from 'luxon';
import { exercise } from '../../__testUtils__';
import { dayKey, exercisesByDay, weeksOf } from './calendarDays';

const iso = (local: string) => DateTime.fromISO(local).toUTC().toISO()!;

describe('weeksOf', () => {
  it.each(['2026-02-01', '2026-11-23', '2024-02-10', '2026-08-31'])(
    'is every day of the month of %s once, in whole weeks',
    day => {
      const month = DateTime.fromISO(day);
      const weeks = weeksOf(month);
      const days = weeks.flat();
      expect(weeks.every(week => week.length === 7)).toBe(true);
      expect(
        days.every(
          (each, index) =>
            dayKey(each) === dayKey(days[0].plus({ days: index })),
        ),
      ).toBe(true);
      const inside = days.filter(each => each.hasSame(month, 'month'));
      expect(inside).toHaveLength(month.daysInMonth!);
      // No week is of other months only.
      expect(
        weeks.every(week => week.some(each => each.hasSame(month, 'month'))),
      ).toBe(true);
    },
  );
});

describe('exercisesByDay', () => {
  const between = (from: string, to: string) =>
    exercise('1', { plannedStart: iso(from), plannedEnd: iso(to) });
  const keysOf = (from: string, to: string) => [
    ...exercisesByDay(
      [between(from, to)],
      DateTime.fromISO('2026-07-01'),
      DateTime.fromISO('2026-07-31'),
    ).keys(),
  ];

  it('has an exercise on each day that it touches', () => {
    expect(keysOf('2026-07-03T10:00', '2026-07-03T12:00')).toEqual([
      '2026-07-03',
    ]);
    expect(keysOf('2026-07-03T22:00', '2026-07-05T01:00')).toEqual([
      '2026-07-03',
      '2026-07-04',
      '2026-07-05',
    ]);
  });

  it('leaves out a day that only begins as it ends', () => {
    expect(keysOf('2026-07-03T22:00', '2026-07-04T00:00')).toEqual([
      '2026-07-03',
    ]);
  });

  it('leaves out days that are not shown', () => {
    expect(keysOf('2026-06-29T10:00', '2026-07-02T10:00')).toEqual([
      '2026-07-01',
      '2026-07-02',
    ]);
    expect(keysOf('2026-08-01T10:00', '2026-08-01T12:00')).toEqual([]);
  });

  it('knows only the begin of what still runs', () => {
    const running = exercise('1', {
      state: 'running',
      startedAt: iso('2026-07-03T10:00'),
    });
    expect([
      ...exercisesByDay(
        [running],
        DateTime.fromISO('2026-07-01'),
        DateTime.fromISO('2026-07-31'),
      ).keys(),
    ]).toEqual(['2026-07-03']);
  });
});
