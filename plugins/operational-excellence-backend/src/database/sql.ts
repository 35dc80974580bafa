import { Knex } from 'knex';

export function isPostgres(db: Knex): boolean {
  return db.client.config.client === 'pg';
}

/** Runs a statement, with `?` for each binding, and answers its rows. */
export async function queryRows<T>(
  db: Knex,
  sql: string,
  bindings: readonly Knex.RawBinding[] = [],
): Promise<T[]> {
  const answer = await db.raw(sql, bindings);
  return isPostgres(db) ? answer.rows : answer;
}

/**
 * A set of values that is one bound variable whatever its size: databases limit
 * how many variables a statement has.
 */
export interface ValueSet {
  /** The condition that a column or expression is one of the values. */
  includes(expression: string): string;
  binding: string;
}

export function textSet(db: Knex, values: Iterable<string>): ValueSet {
  return isPostgres(db)
    ? postgresSet('text', [...values].map(quoteArrayElement))
    : sqliteSet([...values]);
}

export function idSet(db: Knex, ids: Iterable<number>): ValueSet {
  return isPostgres(db) ? postgresSet('int', [...ids]) : sqliteSet([...ids]);
}

function postgresSet(type: string, elements: (string | number)[]): ValueSet {
  return {
    includes: expression => `${expression} = any(?::${type}[])`,
    binding: `{${elements.join(',')}}`,
  };
}

function sqliteSet(values: (string | number)[]): ValueSet {
  return {
    includes: expression => `${expression} in (select value from json_each(?))`,
    binding: JSON.stringify(values),
  };
}

function quoteArrayElement(text: string) {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

export type ColumnType =
  | 'text'
  | 'bigint'
  | 'integer'
  | 'boolean'
  | 'double precision';

/** The columns of a table that rows are inserted into, and their types. */
export type Columns<Row> = Readonly<Record<keyof Row & string, ColumnType>>;

/**
 * The statement that inserts rows, without what follows `values (…)`. The rows
 * are one bound variable, as JSON, whatever their number.
 */
export function insertSql<Row>(
  db: Knex,
  table: string,
  columns: Columns<Row>,
): string {
  const names = Object.keys(columns) as (keyof Row & string)[];
  const into = `insert into ${table} (${names.join(', ')})`;
  if (isPostgres(db)) {
    const typed = names.map(name => `${name} ${columns[name]}`).join(', ');
    return `${into} select ${names.join(', ')}
      from json_to_recordset(?::json) as given (${typed})`;
  }
  // Without a condition, SQLite would take "on conflict" for a join.
  const read = names.map(name => `json_extract(value, '$.${name}')`);
  return `${into} select ${read.join(', ')} from json_each(?) where true`;
}

/**
 * A table of given rows to join or to update from, under a name. The rows are one
 * bound variable, as JSON, whatever their number.
 */
export function givenRowsSql<Row>(
  db: Knex,
  name: string,
  columns: Columns<Row>,
): string {
  const names = Object.keys(columns) as (keyof Row & string)[];
  if (isPostgres(db)) {
    const typed = names.map(column => `${column} ${columns[column]}`);
    return `json_to_recordset(?::json) as ${name} (${typed.join(', ')})`;
  }
  const read = names.map(
    column => `json_extract(value, '$.${column}') as ${column}`,
  );
  return `(select ${read.join(', ')} from json_each(?)) as ${name}`;
}

/** What `on conflict` updates: every column but the keys. */
export function setExcluded(columns: object, keys: readonly string[]): string {
  return Object.keys(columns)
    .filter(name => !keys.includes(name))
    .map(name => `${name} = excluded.${name}`)
    .join(', ');
}

/** The parts of a list that are at most so long. */
export function batchesOf<T>(items: readonly T[], size: number): T[][] {
  const batches: T[][] = [];
  for (let start = 0; start < items.length; start += size) {
    batches.push(items.slice(start, start + size));
  }
  return batches;
}
