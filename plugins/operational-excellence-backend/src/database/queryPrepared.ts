import { createHash } from 'crypto';
import { Knex } from 'knex';
import { isPostgres, queryRows } from './sql';

/**
 * What a connection says that does not keep prepared statements: a pooler in
 * between hands each transaction to another one, which does not know the
 * statement or knows it already; or a migration changed what it answers.
 */
const NOT_KEPT = ['26000', '42P05', '0A000'];

/** Databases whose connections do not keep them. */
const withoutPrepared = new WeakSet<object>();

const names = new Map<string, string>();

/**
 * Like `queryRows`, for a statement that PostgreSQL shall plan once per
 * connection instead of each time, which can take longer than to run it. Only
 * for one that is asked often, has one best plan whatever is bound to it, and
 * few variants, because each is kept by each connection. Not in a transaction.
 */
export async function queryPrepared<T>(
  db: Knex,
  sql: string,
  bindings: readonly Knex.RawBinding[] = [],
): Promise<T[]> {
  if (!isPostgres(db) || withoutPrepared.has(db.client)) {
    return queryRows(db, sql, bindings);
  }
  try {
    const answer = await db.raw(sql, bindings).options({ name: nameOf(sql) });
    return answer.rows;
  } catch (error) {
    if (!isNotKept(error)) throw error;
    withoutPrepared.add(db.client);
    return queryRows(db, sql, bindings);
  }
}

/** By its text: no two replicas mean different statements by one name. */
function nameOf(sql: string): string {
  let name = names.get(sql);
  if (!name) {
    const hash = createHash('sha256').update(sql).digest('base64url');
    name = `operational-excellence-${hash}`.slice(0, 63);
    names.set(sql, name);
  }
  return name;
}

function isNotKept(error: unknown) {
  return (
    error instanceof Error &&
    'code' in error &&
    NOT_KEPT.includes(String(error.code))
  );
}
