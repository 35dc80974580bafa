import { Knex } from 'knex';
import {
  Columns,
  insertSql,
  queryRows,
  setExcluded,
  textSet,
} from '../database';
import { RelatedEntity } from './Organisation';

interface RelatedEntityRow {
  entity_ref: string;
  title: string;
  parent_ref: string | null;
}

const columns: Columns<RelatedEntityRow> = {
  entity_ref: 'text',
  title: 'text',
  parent_ref: 'text',
};

/** Keeps the groups, users, systems and domains that services refer to. */
export class RelatedEntityStore {
  static create() {
    return new RelatedEntityStore();
  }

  private constructor() {}

  async all(db: Knex): Promise<Map<string, RelatedEntity>> {
    const rows = await db<RelatedEntityRow>('related_entities').select();
    return new Map(
      rows.map(row => [
        row.entity_ref,
        {
          entityRef: row.entity_ref,
          title: row.title,
          parentRef: row.parent_ref,
        },
      ]),
    );
  }

  async store(db: Knex, entities: readonly RelatedEntity[]): Promise<void> {
    const rows = entities
      .map(({ entityRef, title, parentRef }) => ({
        entity_ref: entityRef,
        title,
        parent_ref: parentRef,
      }))
      // In one order everywhere, against deadlocks between replicas.
      .sort((a, b) => (a.entity_ref < b.entity_ref ? -1 : 1));
    await queryRows(
      db,
      `${insertSql(db, 'related_entities', columns)}
      on conflict (entity_ref) do update
        set ${setExcluded(columns, ['entity_ref'])}`,
      [JSON.stringify(rows)],
    );
  }

  async remove(db: Knex, entityRefs: readonly string[]): Promise<void> {
    const set = textSet(db, entityRefs);
    await queryRows(
      db,
      `delete from related_entities where ${set.includes('entity_ref')}`,
      [set.binding],
    );
  }
}
