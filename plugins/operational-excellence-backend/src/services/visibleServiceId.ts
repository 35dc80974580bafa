import { Knex } from 'knex';
import { allOf, queryRows } from '../database';
import { Visibility } from '../visibility/Visibility';
import { entityRefCondition, visibleConditions } from './serviceFilters';

/** The id of a service; `undefined` where it is unknown or not visible. */
export async function visibleServiceId(
  db: Knex,
  entityRef: string,
  visibility: Visibility,
): Promise<number | undefined> {
  const condition = allOf([
    entityRefCondition(db, [entityRef]),
    ...visibleConditions(db, visibility),
  ]);
  const [service] = await queryRows<{ service_id: number }>(
    db,
    `select st.service_id from service_status st where ${condition.sql}`,
    condition.bindings,
  );
  return service?.service_id;
}
