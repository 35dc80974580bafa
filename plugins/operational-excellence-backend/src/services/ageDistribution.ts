import {
  DAY_MS,
  Instant,
  ServiceDetail,
} from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { instantOf, queryPrepared, StoredInstant } from '../database';
import { COUNTS_WHILE_OPEN } from '../tickets/ticketRows';

/** From how many days of age on a ticket is in each bucket. */
const FROM_DAYS = [0, 30, 60, 90, 180, 365] as const;

/** How old the open improvements of a service are. */
export async function readAgeDistribution(
  db: Knex,
  serviceId: number,
  options: { now: Instant },
): Promise<ServiceDetail['ageDistribution']> {
  // The last bucket whose lower bound the age has reached. Of a ticket from the
  // future, as clocks differ, it is the first one.
  const older = FROM_DAYS.map((_, bucket) => bucket)
    .slice(1)
    .reverse();
  const bucketSql = `case ${older
    .map(bucket => `when t.created_at <= ? then ${bucket}`)
    .join(' ')} else 0 end`;
  const rows = await queryPrepared<{ bucket: number; count: StoredInstant }>(
    db,
    `select bucket, count(*) as count from (
       select ${bucketSql} as bucket
       from ticket_matches m join tickets t on t.id = m.ticket_id
       where m.service_id = ? and m.counts_until = ?
     ) aged group by bucket`,
    [
      ...older.map(bucket => options.now - FROM_DAYS[bucket] * DAY_MS),
      serviceId,
      COUNTS_WHILE_OPEN,
    ],
  );
  const counts = new Map(rows.map(row => [row.bucket, row.count]));
  return FROM_DAYS.map((fromDays, bucket) => ({
    fromDays,
    toDays: FROM_DAYS[bucket + 1] ?? null,
    count: instantOf(counts.get(bucket) ?? 0),
  }));
}
