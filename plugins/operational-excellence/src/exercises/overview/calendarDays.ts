import type { Exercise } from 'backstage-plugin-operational-excellence-common';
import { DateTime, Info } from 'luxon';
import { spanOf } from '../words';

const WEEK = 7;

/** The weeks that a month touches, in days of the reader's time zone. */
export function weeksOf(month: DateTime): DateTime[][] {
  const first = month.startOf('month');
  const before = (first.weekday - Info.getStartOfWeek() + WEEK) % WEEK;
  const start = first.minus({ days: before });
  const days = before + (month.daysInMonth ?? 31);
  return Array.from({ length: Math.ceil(days / WEEK) }, (_, week) =>
    Array.from({ length: WEEK }, (__, day) =>
      start.plus({ days: week * WEEK + day }),
    ),
  );
}

/** The key of a day in the reader's time zone, such as 2026-12-31. */
export function dayKey(day: DateTime): string {
  return day.toFormat('yyyy-MM-dd');
}

/** Exercises by each day that they touch, between two days inclusive. */
export function exercisesByDay<T extends Parameters<typeof spanOf>[0]>(
  exercises: readonly T[],
  first: DateTime,
  last: DateTime,
): Map<string, T[]> {
  const byDay = new Map<string, T[]>();
  for (const exercise of exercises) {
    const { end, start } = spanOf(exercise);
    const from = DateTime.fromISO(start).startOf('day');
    const until = DateTime.fromISO(end ?? start);
    for (
      let day = DateTime.max(from, first.startOf('day'));
      day <= DateTime.min(until, last.endOf('day'));
      day = day.plus({ days: 1 })
    ) {
      // What ends at midnight does not touch the day that begins then.
      if (+day === +until && +day !== +from) break;
      const key = dayKey(day);
      byDay.set(key, [...(byDay.get(key) ?? []), exercise]);
    }
  }
  return byDay;
}

/** Exercises in the order in which they begin. */
export function byStart(a: Exercise, b: Exercise): number {
  return Date.parse(spanOf(a).start) - Date.parse(spanOf(b).start);
}
