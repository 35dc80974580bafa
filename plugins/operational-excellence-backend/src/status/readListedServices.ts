import { Knex } from 'knex';
import { queryRows, ValueSet } from '../database';
import { listedColumns, ListedService } from './statusRows';

const COLUMNS = Object.keys(listedColumns)
  .filter(name => name !== 'service_id')
  .join(', ');

/** Those of some services that the catalog has, in the order of their ids. */
export function readListedServices(
  db: Knex,
  set: ValueSet,
): Promise<ListedService[]> {
  return queryRows(
    db,
    `select id as service_id, ${COLUMNS} from services
     where ${set.includes('id')} and removed_at is null order by id`,
    [set.binding],
  );
}
