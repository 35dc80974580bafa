import {
  DailyPoint,
  RollupDimension,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { queryRows } from '../database';
import { Day } from './days';
import { StoredGroupPoint, StoredServicePoint } from './pointRows';
import { fillForward, pointOfGroup, pointOfService } from './points';

/** The first and the last day. */
export interface Days {
  from: Day;
  to: Day;
}

export async function readServiceHistory(
  db: Knex,
  serviceId: number,
  days: Days,
): Promise<DailyPoint[]> {
  const [observed, rows] = await Promise.all([
    readObserved(db, days),
    readPoints<StoredServicePoint>(
      db,
      { table: 'service_points', of: 'service_id = ?', bindings: [serviceId] },
      days,
    ),
  ]);
  return fillForward(observed, rows, pointOfService);
}

export async function readGroupHistory(
  db: Knex,
  group: { by: RollupDimension; key: string },
  days: Days,
): Promise<DailyPoint[]> {
  const [observed, rows] = await Promise.all([
    readObserved(db, days),
    readPoints<StoredGroupPoint>(
      db,
      {
        table: 'group_points',
        of: 'dimension = ? and key = ?',
        bindings: [group.by, group.key],
      },
      days,
    ),
  ]);
  return fillForward(observed, rows, pointOfGroup);
}

/** The days of which all points were taken. */
async function readObserved(db: Knex, { from, to }: Days): Promise<Day[]> {
  return db('observed_days')
    .whereNotNull('finished_at')
    .whereBetween('day', [from, to])
    .orderBy('day')
    .pluck('day');
}

/** From the point that stands on the first day. */
function readPoints<Row>(
  db: Knex,
  {
    bindings,
    of,
    table,
  }: { table: string; of: string; bindings: (number | string)[] },
  { from, to }: Days,
): Promise<Row[]> {
  return queryRows<Row>(
    db,
    `select * from ${table}
     where ${of} and day <= ? and day >= coalesce((
       select max(day) from ${table} where ${of} and day <= ?), ?)
     order by day`,
    [...bindings, to, ...bindings, from, from],
  );
}
