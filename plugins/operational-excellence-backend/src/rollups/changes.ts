import { Knex } from 'knex';
import { idSet, isPostgres, queryRows } from '../database';

/**
 * Notes services of which something else may have to be counted, in the
 * transaction that writes it. A row of its own each, so that no transaction
 * waits for another one that changes the same groups.
 */
export async function noteChanges(
  tx: Knex.Transaction,
  serviceIds: readonly number[],
): Promise<void> {
  await tx.raw(
    `insert into rollup_changes (service_id) ${
      isPostgres(tx)
        ? 'select unnest(?::int[])'
        : 'select value from json_each(?) where true'
    }`,
    [isPostgres(tx) ? `{${serviceIds.join(',')}}` : JSON.stringify(serviceIds)],
  );
}

/** Takes away the oldest changes, and answers the service of each. */
export async function takeChanges(
  tx: Knex.Transaction,
  limit: number,
): Promise<number[]> {
  const rows = await queryRows<{ service_id: number }>(
    tx,
    `delete from rollup_changes where seq in (
       select seq from rollup_changes order by seq limit ?)
     returning service_id`,
    [limit],
  );
  return rows.map(row => row.service_id);
}

/** Those of some services that are noted. */
export async function notedOf(
  db: Knex,
  serviceIds: readonly number[],
): Promise<number[]> {
  const set = idSet(db, serviceIds);
  const rows = await queryRows<{ service_id: number }>(
    db,
    `select service_id from rollup_changes
     where ${set.includes('service_id')}`,
    [set.binding],
  );
  return rows.map(row => row.service_id);
}

/** Whether any change is noted. */
export async function hasChanges(db: Knex): Promise<boolean> {
  const rows = await queryRows(db, 'select seq from rollup_changes limit 1');
  return rows.length > 0;
}

/** A service may be noted several times. */
const CHANGES_PER_SERVICE = 8;

/** The services that are noted; `many` where there are more than so many. */
export async function readChanges(
  db: Knex,
  limit: number,
): Promise<number[] | 'many'> {
  const changes = limit * CHANGES_PER_SERVICE;
  const rows = await queryRows<{ service_id: number; count: number | string }>(
    db,
    `select service_id, count(*) as count from (
       select service_id from rollup_changes limit ?
     ) noted group by service_id limit ?`,
    [changes, limit + 1],
  );
  const read = rows.reduce((sum, { count }) => sum + Number(count), 0);
  return rows.length > limit || read >= changes
    ? 'many'
    : rows.map(row => row.service_id);
}
