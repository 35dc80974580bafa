import { Knex } from 'knex';
import { queryPrepared, storableText } from '../database';
import { Visibility } from '../visibility/Visibility';
import { lowerCase } from './serviceFilters';
import { isVisible } from './visibleServices';

/** The id of a service; `undefined` where it is unknown or not visible. */
export async function visibleServiceId(
  db: Knex,
  entityRef: string,
  visibility: Visibility,
): Promise<number | undefined> {
  const ref = lowerCase(entityRef);
  if (!isVisible(ref, visibility)) return undefined;
  const [service] = await queryPrepared<{ service_id: number }>(
    db,
    'select service_id from service_status where entity_ref = ?',
    [storableText(ref)],
  );
  return service?.service_id;
}
