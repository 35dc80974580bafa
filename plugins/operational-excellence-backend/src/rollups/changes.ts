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

/** The services of the changes that are noted, of at most so many of them. */
export async function readChanges(db: Knex, limit: number): Promise<number[]> {
  const rows = await queryRows<{ service_id: number }>(
    db,
    'select service_id from rollup_changes limit ?',
    [limit],
  );
  return rows.map(row => row.service_id);
}
