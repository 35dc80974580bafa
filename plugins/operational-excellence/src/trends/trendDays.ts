import {
  DAY_MS,
  type DailyPoint,
} from 'backstage-plugin-operational-excellence-common';
import { DateTime } from 'luxon';
import type { HistoryDay } from '../charts/HistoryDay';
import { utcDayOf } from '../time';

/** A day of a history; nothing is known of it where it has no point. */
export interface TrendDay extends HistoryDay {
  /** Such as 2026-07-01, in UTC. */
  day: string;
  point: DailyPoint | undefined;
}

/** The day of an instant by the calendar of UTC. */
export function utcDay(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

/** The first and the last day of a span that ends today. */
export function spanOf(
  days: number,
  now: number,
): { from: string; to: string } {
  return { from: utcDay(now - (days - 1) * DAY_MS), to: utcDay(now) };
}

/** Every day of a span in turn, with what is known of it. */
export function trendDays(
  points: readonly DailyPoint[],
  span: { from: string; to: string },
): TrendDay[] {
  const byDay = new Map(points.map(point => [point.day, point]));
  const days: TrendDay[] = [];
  const end = Date.parse(span.to);
  for (let at = Date.parse(span.from); at <= end; at += DAY_MS) {
    const day = utcDay(at);
    days.push({
      day,
      title: utcDayOf(day),
      shortTitle: shortDay(day),
      point: byDay.get(day),
    });
  }
  return days;
}

/** A day as short as an axis needs it, such as 1 Jul. */
export function shortDay(day: string): string {
  return DateTime.fromISO(day, { zone: 'utc' }).toLocaleString({
    day: 'numeric',
    month: 'short',
  });
}

/**
 * How many days were not counted since the first one was. The last day does not
 * matter, for its turn may come yet.
 */
export function missingDays(days: readonly TrendDay[]): number {
  const first = days.findIndex(({ point }) => point);
  if (first === -1) return 0;
  return days.slice(first, -1).filter(({ point }) => !point).length;
}

/** The days of which something is known. */
export function countedDays(
  days: readonly TrendDay[],
): (TrendDay & { point: DailyPoint })[] {
  return days.flatMap(({ point, ...day }) =>
    point ? [{ ...day, point }] : [],
  );
}
