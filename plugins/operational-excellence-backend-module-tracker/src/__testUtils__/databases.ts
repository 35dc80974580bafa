import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { trackerMigrations } from '../database';

/** Empty databases: SQLite, and PostgreSQL where there is one. */
export const databases = TestDatabases.create({
  ids: ['SQLITE_3', 'POSTGRES_18'],
});

/** A database with the tracker's tables. */
export async function trackerDatabase(id: TestDatabaseId): Promise<Knex> {
  const db = await databases.init(id);
  await db.migrate.latest(trackerMigrations);
  return db;
}
