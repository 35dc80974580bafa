import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { Knex } from 'knex';

/** Where the migrations are, and which table tells those that were applied. */
export const trackerMigrations = {
  directory: resolvePackagePath(
    'backstage-plugin-operational-excellence-backend-module-tracker',
    'migrations',
  ),
  // The plugin keeps its own in the same database, under knex's usual name.
  tableName: 'tracker_knex_migrations',
};

/** The database, with the tracker's tables in it. */
export async function applyTrackerMigrations(
  database: DatabaseService,
): Promise<Knex> {
  const db = await database.getClient();
  if (!database.migrations?.skip) await db.migrate.latest(trackerMigrations);
  return db;
}
