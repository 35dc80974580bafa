import { ServicePermissionResource } from 'backstage-plugin-operational-excellence-node';
import { Knex } from 'knex';
import { queryRows, storableText, textSet } from '../database';

/** Reads what rules get to know of services. */
export class ServiceResources {
  readonly #db: Knex;

  static create(options: { db: Knex }) {
    return new ServiceResources(options.db);
  }

  private constructor(db: Knex) {
    this.#db = db;
  }

  /** In the order of the references; `undefined` for what is no service. */
  async get(
    entityRefs: readonly string[],
  ): Promise<(ServicePermissionResource | undefined)[]> {
    const wanted = entityRefs.map(ref =>
      storableText(ref.toLocaleLowerCase('en-US')),
    );
    const set = textSet(this.#db, wanted);
    const rows = await queryRows<{
      entity_ref: string;
      owner_ref: string | null;
    }>(
      this.#db,
      `select s.entity_ref, o.owner_ref from services s
       left join service_owners o on o.service_id = s.id
       where s.removed_at is null and ${set.includes('s.entity_ref')}`,
      [set.binding],
    );
    const ownersOf = new Map<string, string[]>();
    for (const { entity_ref: ref, owner_ref: owner } of rows) {
      const owners = ownersOf.get(ref) ?? [];
      if (owner !== null) owners.push(owner);
      ownersOf.set(ref, owners);
    }
    return wanted.map(entityRef => {
      const ownerRefs = ownersOf.get(entityRef);
      return ownerRefs && { entityRef, ownerRefs };
    });
  }
}
