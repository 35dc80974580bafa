// @ts-check

/*
 * Instants are epoch milliseconds in bigint columns (`*_at`), which SQLite and
 * PostgreSQL order alike. JSON is kept as text: it is only read back whole.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('tracker_tickets', table => {
    table.increments('id').comment('The number in the key');
    table.text('entity_ref').notNullable();
    table.text('title').notNullable();
    table.text('description').notNullable().comment('Markdown');
    table.text('state').notNullable().comment('open, in-progress or done');
    table.boolean('improvement').notNullable();
    table.text('labels').notNullable().comment('JSON array');
    table.text('priority');
    table.text('assignee');
    table.bigInteger('created_at').notNullable();
    table.bigInteger('started_at');
    table.bigInteger('closed_at');
    table.bigInteger('updated_at').notNullable();
    table
      .bigInteger('written_at')
      .notNullable()
      .comment('When the row was last written; an import has an older past');
    table.text('created_by').notNullable();
    table.integer('version').notNullable();
    table.text('idempotency_key');
    table
      .text('request_hash')
      .comment('Tells a repeated request from a reused idempotency key');
    table.text('external_key').unique().comment('Of an imported ticket');
    table.unique(['created_by', 'idempotency_key']);
    table.index(['entity_ref', 'created_at', 'id']);
    table.index(['entity_ref', 'updated_at', 'id']);
    table.index(['written_at', 'id']);
  });

  // What became of a ticket, so that one which was reopened keeps its story.
  await knex.schema.createTable('tracker_ticket_events', table => {
    table.increments('id');
    table.integer('ticket_id').notNullable();
    table
      .text('kind')
      .notNullable()
      .comment('created, imported, updated, started, closed or reopened');
    table.bigInteger('at').notNullable();
    table.text('by').notNullable();
    table.text('fields').notNullable().comment('JSON array: what was updated');
    table.index(['ticket_id', 'at', 'id']);
    table
      .foreign('ticket_id')
      .references('tracker_tickets.id')
      .onDelete('CASCADE');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('tracker_ticket_events');
  await knex.schema.dropTable('tracker_tickets');
};
