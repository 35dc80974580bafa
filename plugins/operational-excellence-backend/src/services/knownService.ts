import { NotFoundError } from '@backstage/errors';
import { Knex } from 'knex';

/**
 * The id of a service that the catalog has.
 *
 * @throws NotFoundError where it has none of that reference
 */
export async function knownServiceId(
  db: Knex,
  entityRef: string,
): Promise<number> {
  const service = await db('services')
    .where({ entity_ref: entityRef.toLocaleLowerCase('en-US') })
    .whereNull('removed_at')
    .first('id');
  if (!service) {
    throw new NotFoundError(
      `There is no service ${entityRef}; it must be in the catalog and match operationalExcellence.services.filter`,
    );
  }
  return service.id;
}
