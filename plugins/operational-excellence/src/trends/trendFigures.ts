import {
  DAY_MS,
  type DailyPoint,
} from 'backstage-plugin-operational-excellence-common';
import type { FlowPeriod } from '../charts/FlowPeriod';
import type { TrendDay } from './trendDays';
import { countedDays, utcDay } from './trendDays';

/**
 * How old something was at the end of the day of a point, in whole days; `null`
 * where there was nothing.
 */
export function ageOn(
  point: DailyPoint,
  of: 'oldestCreatedAt' | 'medianCreatedAt',
): number | null {
  const created = point[of];
  if (created === null) return null;
  const end = Date.parse(point.day) + DAY_MS;
  return Math.max(0, Math.floor((end - Date.parse(created)) / DAY_MS));
}

/** The Monday of the week of a day. */
export function weekOf(day: string): string {
  const at = Date.parse(day);
  const sinceMonday = (new Date(at).getUTCDay() + 6) % 7;
  return utcDay(at - sinceMonday * DAY_MS);
}

/**
 * Game days held and readiness tests passed, by the day or the week; periods of
 * which no day was counted are left out.
 */
export function exercisedIn(
  days: readonly TrendDay[],
  by: 'day' | 'week',
  titlesOf: (start: string) => Pick<FlowPeriod, 'title' | 'shortTitle'>,
): { held: number; passed: number; title: string; shortTitle: string }[] {
  const sums = new Map<string, { held: number; passed: number }>();
  for (const { day, point } of countedDays(days)) {
    const start = by === 'week' ? weekOf(day) : day;
    const { held, passed } = sums.get(start) ?? { held: 0, passed: 0 };
    sums.set(start, {
      held: held + point.gameDaysHeld,
      passed: passed + point.testsPassed,
    });
  }
  return [...sums].map(([start, sum]) => ({ ...sum, ...titlesOf(start) }));
}
