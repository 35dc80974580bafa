import { Knex } from 'knex';

/** A part of a statement, with a binding for each `?`. */
export interface SqlPart {
  sql: string;
  bindings: readonly Knex.RawBinding[];
}

/** Writes a part: what is inserted is another part, never a value. */
export function sql(
  texts: TemplateStringsArray,
  ...parts: (SqlPart | string)[]
): SqlPart {
  let text = texts[0];
  const bindings: Knex.RawBinding[] = [];
  parts.forEach((part, index) => {
    if (typeof part === 'string') {
      text += part;
    } else {
      text += part.sql;
      bindings.push(...part.bindings);
    }
    text += texts[index + 1];
  });
  return { sql: text, bindings };
}

/** A bound value. */
export function bound(value: Knex.RawBinding): SqlPart {
  return { sql: '?', bindings: [value] };
}

/** All of some conditions; true where there are none. */
export function allOf(conditions: readonly SqlPart[]): SqlPart {
  if (!conditions.length) return { sql: '1 = 1', bindings: [] };
  return {
    sql: conditions.map(condition => `(${condition.sql})`).join(' and '),
    bindings: conditions.flatMap(condition => condition.bindings),
  };
}

/** Names tables in front of a statement, if there are any. */
export function withTables(tables: readonly SqlPart[]): SqlPart {
  return {
    sql: tables.length
      ? `with ${tables.map(table => table.sql).join(', ')}`
      : '',
    bindings: tables.flatMap(table => table.bindings),
  };
}
