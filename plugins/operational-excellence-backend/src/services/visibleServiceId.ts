import { Knex } from 'knex';
import { allOf, queryRows } from '../database';
import { Visibility } from '../visibility/Visibility';
import { entityRefCondition, listedConditions } from './serviceFilters';

/** The id of a service; `undefined` where it is unknown or not visible. */
export async function visibleServiceId(
  db: Knex,
  entityRef: string,
  visibility: Visibility,
): Promise<number | undefined> {
  const condition = allOf([
    entityRefCondition(db, [entityRef]),
    ...listedConditions(db, visibility),
  ]);
  const [service] = await queryRows<{ id: number }>(
    db,
    `select s.id from services s where ${condition.sql}`,
    condition.bindings,
  );
  return service?.id;
}
