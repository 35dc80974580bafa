// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  // Goals for sets of services, and until when they are to be reached.
  await knex.schema.createTable('initiatives', table => {
    table.increments('sequence');
    table.text('id').notNullable().unique();
    table.integer('version').notNullable();
    table.text('title').notNullable();
    table.text('description');
    table.text('filter').notNullable().comment('JSON object');
    table.text('goal').notNullable().comment('JSON object');
    table.text('due_on').notNullable().comment('The last day, in UTC');
    table
      .bigInteger('ends_at')
      .notNullable()
      .comment('When that day is over; overdue from then on');
    table.text('created_by').notNullable();
    table.bigInteger('created_at').notNullable();
    table.text('updated_by').notNullable();
    table.bigInteger('updated_at').notNullable();
    table.text('submission_key').notNullable();
    table.text('submission_hash').notNullable();
    table.text('closed_by');
    table.bigInteger('closed_at');
    table.text('closing_note');
    table.text('progress').comment('JSON object, of when it was closed');
    table
      .bigInteger('next_reminder_at')
      .comment('When owners are to be reminded next; null: not any more');
    table.unique(['created_by', 'submission_key']);
    table.index(['next_reminder_at']);
  });

  // How each service stood when an initiative was closed.
  await knex.schema.createTable('initiative_results', table => {
    table.integer('initiative_sequence').notNullable();
    table.integer('service_id').notNullable();
    table
      .text('standing')
      .notNullable()
      .comment('reached, waived, unknown or left');
    table.primary(['initiative_sequence', 'service_id']);
    table
      .foreign('initiative_sequence')
      .references('initiatives.sequence')
      .onDelete('CASCADE');
  });

  // Views of the scorecard that people saved.
  await knex.schema.createTable('saved_views', table => {
    table.text('id').primary();
    table.text('title').notNullable();
    table.text('search').notNullable();
    table.boolean('shared').notNullable();
    table.text('created_by').notNullable();
    table.bigInteger('created_at').notNullable();
    table.index(['created_by']);
    table.index(['shared']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  // What came before does not know how to tell them.
  await knex('announcements').where({ kind: 'initiativeDue' }).delete();
  for (const table of ['saved_views', 'initiative_results', 'initiatives']) {
    await knex.schema.dropTable(table);
  }
};
