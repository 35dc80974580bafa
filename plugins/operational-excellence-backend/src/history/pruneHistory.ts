import { Knex } from 'knex';
import { inTransaction } from '../sync/inTransaction';
import { Day } from './days';

/** How many services one transaction deletes points of. */
const SERVICES_AT_ONCE = 5_000;

/**
 * Forgets the days before some day. The last point before it stays, for it stands
 * until the next one. One day after the other: of the services and groups with a
 * point on the day that becomes the first, the points before are no longer needed.
 */
export async function pruneHistory(
  db: Knex,
  options: { before: Day; signal: AbortSignal },
): Promise<void> {
  const { before, signal } = options;
  for (;;) {
    const [first, second]: Day[] = await db('observed_days')
      .orderBy('day')
      .limit(2)
      .pluck('day');
    if (signal.aborted || first === undefined || first >= before) return;
    // The last one that is left is the last one that was observed at all.
    if (second === undefined) return;
    for (let day = first + 1; day <= Math.min(second, before); day++) {
      await forgetBefore(db, day, { signal });
      if (signal.aborted) return;
    }
    await db('observed_days').where({ day: first }).delete();
  }
}

/** Deletes what a point of that very day has taken the place of. */
async function forgetBefore(
  db: Knex,
  day: Day,
  options: { signal: AbortSignal },
): Promise<void> {
  let after: number | undefined = 0;
  while (after !== undefined && !options.signal.aborted) {
    after = await forgetServices(db, day, after);
  }
  await inTransaction(db, tx =>
    tx.raw(
      `delete from group_points
       where exists (
         select 1 from group_points p
         where p.dimension = group_points.dimension
           and p.key = group_points.key and p.day = ?)
       and (day < ? or (day = ? and services = 0))`,
      [day, day, day],
    ),
  );
}

/** Of some services, and answers after which one to go on, if there are more. */
async function forgetServices(
  db: Knex,
  day: Day,
  after: number,
): Promise<number | undefined> {
  const ids: number[] = await db('service_points')
    .where({ day })
    .where('service_id', '>', after)
    .orderBy('service_id')
    .limit(SERVICES_AT_ONCE)
    .pluck('service_id');
  if (!ids.length) return undefined;
  const to = ids[ids.length - 1];
  await inTransaction(db, tx =>
    tx.raw(
      `delete from service_points
       where service_id in (
         select service_id from service_points
         where day = ? and service_id > ? and service_id <= ?)
       and (day < ? or (day = ? and state_rank is null))`,
      [day, after, to, day, day],
    ),
  );
  return to;
}
