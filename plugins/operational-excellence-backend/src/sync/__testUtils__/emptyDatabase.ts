import { Knex } from 'knex';
import { isPostgres, migrateToLatest } from '../../database';

/** Rows first that refer to others. */
const TABLES = [
  'settings',
  'service_status',
  'waivers',
  'readiness_tests',
  'experiment_matches',
  'experiment_lookups',
  'experiments',
  'ticket_matches',
  'tickets',
  'scope_group_members',
  'scope_groups',
  'service_problems',
  'experiment_matchers',
  'service_scopes',
  'scopes',
  'related_entities',
  'service_owners',
  'services',
];

/**
 * Makes a database as good as new. A database of its own for each test takes
 * PostgreSQL seconds to create and to drop.
 */
export async function emptyDatabase(db: Knex): Promise<void> {
  await migrateToLatest(db);
  if (isPostgres(db)) {
    await db.raw(`truncate ${TABLES.join(', ')} restart identity`);
    return;
  }
  for (const table of TABLES) await db(table).delete();
}
