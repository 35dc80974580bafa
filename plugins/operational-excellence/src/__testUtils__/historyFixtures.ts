import {
  DAY_MS,
  MEASURES,
  type DailyPoint,
  type Mover,
} from 'backstage-plugin-operational-excellence-common';
import { daysAgo } from './instants';

/** A day in UTC so many days ago, such as 2026-07-01. */
export function dayAgo(days: number): string {
  return new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);
}

/** How ten services stood so many days ago, unless told otherwise. */
export function dailyPoint(
  days: number,
  overrides: Partial<DailyPoint> = {},
): DailyPoint {
  const states = { overdue: 3, ok: 7 } as const;
  return {
    day: dayAgo(days),
    services: 10,
    states: {
      service: states,
      ...(Object.fromEntries(
        MEASURES.map(measure => [measure, states]),
      ) as Record<(typeof MEASURES)[number], typeof states>),
    },
    openCount: 20 + days,
    starved: 1,
    closed90d: 10,
    allClosed90d: 40,
    improvementShare90d: 0.25,
    oldestCreatedAt: daysAgo(days + 100),
    medianCreatedAt: daysAgo(days + 30),
    gameDaysHeld: 1,
    testsPassed: 0,
    ...overrides,
  };
}

/** A point for each of the last days, the oldest first. */
export function dailyPoints(days: number): DailyPoint[] {
  return Array.from({ length: days }, (_, index) =>
    dailyPoint(days - 1 - index),
  );
}

/** A team of which one more of ten services has become overdue. */
export function mover(title: string, overrides: Partial<Mover> = {}): Mover {
  return {
    key: `group:default/${title.toLowerCase().replace(/\s/g, '-')}`,
    title,
    before: { day: dayAgo(30), services: 10, attention: 1 },
    after: { day: dayAgo(0), services: 10, attention: 4 },
    change: 0.3,
    reasons: [{ measure: 'gameDay', state: 'overdue', before: 1, after: 4 }],
    ...overrides,
  };
}
