import { Knex } from 'knex';
import { idSet, insertSql, isPostgres, queryRows } from '../database';
import { computeStatus } from './computeStatus';
import { readListedServices } from './readListedServices';
import { emptyFacts } from './serviceFacts';
import { statusRowOf } from './statusRowOf';
import { statusColumns, StoredStatusRow } from './statusRows';

/**
 * Of two transactions that change what one status follows from, the second one
 * waits here until the first one is through, and so reads what that wrote.
 * Always in the order of ids, so that none waits for the other in turn. SQLite
 * has one writer anyway.
 */
export async function lockStatus(
  tx: Knex.Transaction,
  serviceIds: readonly number[],
): Promise<void> {
  if (!isPostgres(tx)) return;
  const locked = await lockRows(tx, serviceIds);
  const missing = serviceIds.filter(id => !locked.has(id));
  if (missing.length) {
    await insertPlaceholders(tx, missing);
    await lockRows(tx, missing);
  }
}

/**
 * Locks the status of some services in the same way, and answers what is stored of
 * those that have one.
 */
export async function lockedStatus(
  tx: Knex.Transaction,
  serviceIds: readonly number[],
): Promise<StoredStatusRow[]> {
  const set = idSet(tx, serviceIds);
  return queryRows<StoredStatusRow>(
    tx,
    `select ${Object.keys(statusColumns).join(', ')} from service_status
     where ${set.includes('service_id')} order by service_id
     ${isPostgres(tx) ? 'for update' : ''}`,
    [set.binding],
  );
}

async function lockRows(tx: Knex.Transaction, serviceIds: readonly number[]) {
  const set = idSet(tx, serviceIds);
  const rows = await queryRows<{ service_id: number }>(
    tx,
    `select service_id from service_status
     where ${set.includes('service_id')} order by service_id for update`,
    [set.binding],
  );
  return new Set(rows.map(row => row.service_id));
}

/** Rows to lock, of services that have no status yet. */
async function insertPlaceholders(
  tx: Knex.Transaction,
  serviceIds: readonly number[],
) {
  const services = await readListedServices(tx, idSet(tx, serviceIds));
  const options = { now: 0, experimentSourceIds: [] };
  const rows = services.map(service =>
    statusRowOf(computeStatus(emptyFacts(service), undefined, options), {
      now: 0,
      backlogGroup: null,
      gameDayGroup: null,
    }),
  );
  await tx.raw(
    `${insertSql(tx, 'service_status', statusColumns)}
     on conflict do nothing`,
    [JSON.stringify(rows)],
  );
}
