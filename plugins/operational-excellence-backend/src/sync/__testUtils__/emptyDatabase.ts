import { Knex } from 'knex';
import { isPostgres, migrateToLatest, queryRows } from '../../database';

/**
 * Makes a database as good as new. A database of its own for each test takes
 * PostgreSQL seconds to create and to drop.
 */
export async function emptyDatabase(db: Knex): Promise<void> {
  await migrateToLatest(db);
  const tables = await queryRows<{ name: string }>(
    db,
    isPostgres(db)
      ? 'select tablename as name from pg_tables where schemaname = current_schema()'
      : `select name from sqlite_master where type = 'table' and name not like 'sqlite_%'`,
  );
  const names = tables
    .map(({ name }) => name)
    .filter(name => !name.startsWith('knex_migrations'))
    // SQLite's index of words, which triggers keep like the findings.
    .filter(name => !name.startsWith('finding_words'));
  if (isPostgres(db)) {
    await db.raw(`truncate ${names.join(', ')} restart identity`);
    return;
  }
  await db.raw('pragma foreign_keys = off');
  for (const name of names) await db(name).delete();
  await db.raw('pragma foreign_keys = on');
}
