import { Knex } from 'knex';
import { sql, SqlPart, textSet } from '../database';
import { Visibility } from '../visibility/Visibility';

/**
 * Names the services that the caller may see, as `visible`, in front of a
 * statement: once, for there may be a hundred thousand references.
 */
export function visibleTables(db: Knex, visibility: Visibility): SqlPart[] {
  return visibility.kind === 'all'
    ? []
    : [visibleTable(db, visibility.entityRefs)];
}

/** The conditions that the caller may see the service of status `st`. */
export function visibleConditions(visibility: Visibility): SqlPart[] {
  return visibility.kind === 'all'
    ? []
    : [sql`st.service_id in (select service_id from visible)`];
}

export function isVisible(entityRef: string, visibility: Visibility): boolean {
  return visibility.kind === 'all' || visibility.entityRefs.has(entityRef);
}

/** Of a set that many requests share, because it is kept for a while. */
const tables = new WeakMap<ReadonlySet<string>, SqlPart>();

function visibleTable(db: Knex, entityRefs: ReadonlySet<string>): SqlPart {
  let table = tables.get(entityRefs);
  if (!table) {
    const set = textSet(db, entityRefs);
    table = {
      sql: `visible as materialized (
        select service_id from service_status
        where ${set.includes('entity_ref')})`,
      bindings: [set.binding],
    };
    tables.set(entityRefs, table);
  }
  return table;
}
