import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { Knex } from 'knex';
import { queryRows, storableText, textSet } from '../../database';

/** The services of the catalog that a file names. */
export class ImportedServices {
  readonly #ids: ReadonlyMap<string, number>;

  /** @param given - references as they are given; a component needs no kind */
  static async read(
    db: Knex,
    given: readonly string[],
  ): Promise<ImportedServices> {
    const refs = given.map(fullRef).filter(ref => ref !== undefined);
    const set = textSet(db, new Set(refs));
    const rows = await queryRows<{ id: number; entity_ref: string }>(
      db,
      `select id, entity_ref from services
       where removed_at is null and ${set.includes('entity_ref')}`,
      [set.binding],
    );
    return new ImportedServices(
      new Map(rows.map(row => [row.entity_ref, row.id])),
    );
  }

  private constructor(ids: ReadonlyMap<string, number>) {
    this.#ids = ids;
  }

  /** The id of a service; `undefined` where the catalog has none. */
  id(given: string): number | undefined {
    const ref = fullRef(given);
    return ref === undefined ? undefined : this.#ids.get(ref);
  }
}

function fullRef(given: string): string | undefined {
  try {
    const ref = parseEntityRef(given, {
      defaultKind: 'component',
      defaultNamespace: 'default',
    });
    return storableText(stringifyEntityRef(ref));
  } catch {
    return undefined;
  }
}
