import { databases } from '../__testUtils__';
import { trackerMigrations } from './applyTrackerMigrations';

describe.each(databases.eachSupportedId())('migrations, %p', databaseId => {
  it('go up and down with rows in the tables', async () => {
    const db = await databases.init(databaseId);
    await db.migrate.latest(trackerMigrations);
    const ticket = {
      entity_ref: 'component:default/payments',
      title: 'Rotate the signing keys',
      description: '',
      state: 'open',
      improvement: true,
      labels: '[]',
      created_at: 1_780_000_000_000,
      updated_at: 1_780_000_000_000,
      written_at: 1_780_000_000_000,
      created_by: 'user:default/mira',
      version: 1,
    };
    const [{ id }] = await db('tracker_tickets').insert(ticket).returning('id');
    await db('tracker_ticket_events').insert({
      ticket_id: id,
      kind: 'created',
      at: 1_780_000_000_000,
      by: 'user:default/mira',
      fields: '[]',
    });

    await db.migrate.down(trackerMigrations);
    await expect(db.schema.hasTable('tracker_tickets')).resolves.toBe(false);
    await expect(db.schema.hasTable('tracker_ticket_events')).resolves.toBe(
      false,
    );

    await db.migrate.latest(trackerMigrations);
    await db('tracker_tickets').insert(ticket);
    await expect(db('tracker_tickets').pluck('title')).resolves.toEqual([
      'Rotate the signing keys',
    ]);
  });

  it("stay clear of the plugin's own in the same database", async () => {
    const db = await databases.init(databaseId);
    await db.migrate.latest({
      migrationSource: {
        getMigrations: async () => ['20260101000000_plugin.js'],
        getMigrationName: (name: string) => name,
        getMigration: async () => ({
          up: async knex => {
            await knex.schema.createTable('services', table =>
              table.increments('id'),
            );
          },
          down: async knex => {
            await knex.schema.dropTable('services');
          },
        }),
      },
    });
    await db.migrate.latest(trackerMigrations);
    await db.migrate.rollback(trackerMigrations, true);
    await expect(db.schema.hasTable('services')).resolves.toBe(true);
    await expect(db.schema.hasTable('tracker_tickets')).resolves.toBe(false);
  });
});
