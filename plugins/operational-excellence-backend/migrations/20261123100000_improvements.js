// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  // Improvements that were filed from the portal. What became of one is its
  // ticket, by source and external id; it is joined, never copied.
  await knex.schema.createTable('improvements', table => {
    table.increments('sequence');
    table.text('id').notNullable().unique();
    table.integer('service_id').notNullable();
    table.text('title').notNullable();
    table.text('description').notNullable().comment('Markdown');
    table.text('goal').comment('JSON object');
    table.text('priority');
    table.text('origin').comment('JSON object');
    table.text('filed_by').notNullable();
    table.text('submission_key').notNullable();
    table
      .text('submission_hash')
      .notNullable()
      .comment('Of what was sent with the key');
    table.bigInteger('created_at').notNullable();
    table.text('alternative_to');

    // Where it goes to.
    table.text('source_id').notNullable();
    table.text('scope_key').notNullable();
    table.text('container').notNullable();
    table.text('all_of').notNullable().comment('JSON array of facets');

    // How that fares.
    table
      .text('delivery_state')
      .notNullable()
      .comment('queued, filed or rejected');
    table
      .integer('attempts')
      .notNullable()
      .defaultTo(0)
      .comment('How often the tracker was asked to create the ticket');
    table
      .integer('failures')
      .notNullable()
      .defaultTo(0)
      .comment('In a row, of looking for the ticket as well');
    table
      .boolean('doubtful')
      .notNullable()
      .defaultTo(false)
      .comment('Whether an attempt was begun whose outcome is not known');
    table.bigInteger('last_attempt_at').comment('When the last one began');
    table.bigInteger('next_attempt_at').notNullable();
    table.text('reason').comment('Why it is not filed yet');
    table.text('claim_token').comment('Of the delivery that is under way');
    table.bigInteger('claimed_until');

    // What came of it.
    table.text('external_id');
    table.text('ticket_key');
    table.text('ticket_url');
    table.bigInteger('filed_at');

    table.unique(['filed_by', 'submission_key']);
    table.unique(['source_id', 'external_id']);
    table.index(['delivery_state', 'next_attempt_at']);
    table.index(['service_id', 'created_at']);
    table.index(['created_at', 'sequence']);
    table.index(['alternative_to']);
    table.foreign('service_id').references('services.id');
    table.foreign('alternative_to').references('improvements.id');
  });

  // What was judged of improvements that were done. One that is reopened and
  // done again is judged again; what was judged before stays as its past.
  await knex.schema.createTable('evaluations', table => {
    table.text('id').primary();
    table.text('improvement_id').notNullable();
    table.text('verdict').notNullable();
    table.text('measured');
    table.text('evidence').notNullable().comment('JSON array');
    table.text('note').comment('Markdown');
    table.boolean('still_priority');
    table.text('reason');
    table.text('evaluated_by').notNullable();
    table.bigInteger('evaluated_at').notNullable();
    table
      .bigInteger('done_at')
      .notNullable()
      .comment('When the ticket was closed that it judges');
    table.unique(['improvement_id', 'done_at']);
    table.foreign('improvement_id').references('improvements.id');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('evaluations');
  await knex.schema.dropTable('improvements');
};
