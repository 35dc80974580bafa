import { Knex } from 'knex';
import { givenRowsSql, isSameRow, StoredRow } from '../database';
import { StoredStatusRow } from './statusRows';
import { policyColumns, PolicyRow } from './withNewPolicy';

const NAMES = Object.keys(policyColumns).filter(name => name !== 'service_id');

/**
 * Writes what of some status depends on the policies, where it is another one:
 * each row that is written has many indexes.
 *
 * @param stored - the rows that are stored, under a lock
 * @param rows - the same services in the same order
 * @returns the services of which something was written
 */
export async function writePolicyRows(
  tx: Knex.Transaction,
  stored: readonly StoredStatusRow[],
  rows: readonly PolicyRow[],
): Promise<number[]> {
  const changed = rows.filter(
    (row, index) =>
      !isSameRow(
        stored[index] as unknown as StoredRow<PolicyRow>,
        row,
        policyColumns,
      ),
  );
  if (changed.length > 0) {
    await tx.raw(
      `update service_status
       set ${NAMES.map(name => `${name} = given.${name}`).join(', ')}
       from ${givenRowsSql(tx, 'given', policyColumns)}
       where service_status.service_id = given.service_id`,
      [JSON.stringify(changed)],
    );
  }
  return changed.map(row => row.service_id);
}
