import { Instant } from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { queryRows } from '../../database';

/** Rows that are removed with one statement. */
const BATCH_SIZE = 5_000;

/**
 * Removes previews that were made before an instant, those whose place another
 * one took, and what is left of those that nobody sees any more.
 */
export async function removePreviews(
  db: Knex,
  options: { madeBefore: Instant; now: Instant; signal?: AbortSignal },
): Promise<void> {
  const { madeBefore, now, signal } = options;
  await db.raw(
    `update policy_previews set removed_at = ?
     where removed_at is null and (created_at < ? or (
       upcoming is not null and exists (
         select 1 from policy_previews newer
         where newer.upcoming = policy_previews.upcoming
           and newer.state = 'done' and newer.removed_at is null
           and newer.created_at > policy_previews.created_at)))`,
    [now, madeBefore],
  );
  const removed: string[] = await db('policy_previews')
    .whereNotNull('removed_at')
    .pluck('id');
  for (const id of removed) {
    while (!signal?.aborted) {
      const rows = await queryRows(
        db,
        `delete from policy_preview_services
         where preview_id = ? and service_id in (
           select service_id from policy_preview_services
           where preview_id = ? order by service_id limit ?)
         returning service_id`,
        [id, id, BATCH_SIZE],
      );
      if (rows.length < BATCH_SIZE) break;
    }
    if (signal?.aborted) return;
    await db('policy_previews').where({ id }).delete();
  }
}
