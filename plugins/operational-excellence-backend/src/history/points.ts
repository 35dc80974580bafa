import {
  DailyPoint,
  improvementShare,
  MEASURE_STATES,
  StateCounts,
  toIsoInstant,
} from 'backstage-plugin-operational-excellence-common';
import { instantOf } from '../database';
import { Day, isoDay } from './days';
import { StoredGroupPoint, StoredServicePoint } from './pointRows';

/** What a point says on the day that it was taken. */
export type Point = Omit<DailyPoint, 'day'>;

/** Of a service; `undefined` where it is no service any more. */
export function pointOfService(row: StoredServicePoint): Point | undefined {
  if (row.state_rank === null) return undefined;
  return {
    services: 1,
    states: {
      service: oneIn(row.state_rank),
      backlog: oneIn(row.backlog_rank),
      gameDay: oneIn(row.game_day_rank),
      readinessTest: oneIn(row.readiness_rank),
    },
    ...figuresOfRow(row),
  };
}

/** Of a group; `undefined` where it has no services any more. */
export function pointOfGroup(row: StoredGroupPoint): Point | undefined {
  if (Number(row.services) === 0) return undefined;
  return {
    services: Number(row.services),
    states: JSON.parse(row.states),
    ...figuresOfRow(row),
  };
}

function oneIn(rank: number | string | null): StateCounts {
  return rank === null ? {} : { [MEASURE_STATES[Number(rank)]]: 1 };
}

function figuresOfRow(row: StoredGroupPoint | StoredServicePoint) {
  const closed90d = Number(row.closed_90d);
  const allClosed90d = Number(row.all_closed_90d);
  return {
    openCount: Number(row.open_count),
    starved: Number(row.starved),
    closed90d,
    allClosed90d,
    improvementShare90d: improvementShare(closed90d, allClosed90d),
    oldestCreatedAt: toIsoInstant(instantOf(row.oldest_created_at)),
    medianCreatedAt: toIsoInstant(instantOf(row.median_created_at)),
    gameDaysHeld: Number(row.game_days_held),
    testsPassed: Number(row.tests_passed),
  };
}

/**
 * The point of each day, where there was a service or group: the one that stands
 * on it. What happened belongs to the day of its point alone.
 *
 * @param rows - the points in order, from the one that stands on the first day
 */
export function fillForward<Row extends { day: Day }>(
  days: readonly Day[],
  rows: readonly Row[],
  pointOf: (row: Row) => Point | undefined,
): DailyPoint[] {
  const filled: DailyPoint[] = [];
  let next = 0;
  let standing: Point | undefined;
  for (const day of days) {
    while (next < rows.length && rows[next].day <= day) {
      standing = pointOf(rows[next]);
      next += 1;
    }
    if (!standing) continue;
    const isOwn = rows[next - 1].day === day;
    filled.push({
      day: isoDay(day),
      ...standing,
      ...(!isOwn && { gameDaysHeld: 0, testsPassed: 0 }),
    });
  }
  return filled;
}
