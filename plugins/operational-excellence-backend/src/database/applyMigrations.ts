import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { Knex } from 'knex';

const migrationsDirectory = resolvePackagePath(
  'backstage-plugin-operational-excellence-backend',
  'migrations',
);

/** The plugin's database with an up to date schema. */
export async function applyMigrations(
  database: DatabaseService,
): Promise<Knex> {
  const db = await database.getClient();
  if (!database.migrations?.skip) await migrateToLatest(db);
  return db;
}

export async function migrateToLatest(db: Knex): Promise<void> {
  await db.migrate.latest({ directory: migrationsDirectory });
}
