/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  // One row per account and Region that was ever used. It also is what a
  // transaction locks that must not run beside another one of the same account
  // and Region.
  await knex.schema.createTable('safety_levers', table => {
    table.string('account_id', 12).notNullable();
    table.string('region', 32).notNullable();
    table.string('status', 16).notNullable();
    table.text('reason');
    table.primary(['account_id', 'region']);
  });

  await knex.schema.createTable('templates', table => {
    table.string('id', 64).primary();
    table.string('account_id', 12).notNullable();
    table.string('region', 32).notNullable();
    table.text('client_token').notNullable();
    table
      .string('request_hash', 64)
      .notNullable()
      .comment('Of the request that created it, to recognise its repetition');
    table.bigInteger('created_at').notNullable();
    table.bigInteger('updated_at').notNullable();
    table.text('definition').notNullable().comment('JSON object');
    table.text('tags').notNullable().comment('JSON object');
    table.unique(['account_id', 'region', 'client_token']);
    table.index(['account_id', 'region', 'id']);
  });

  await knex.schema.createTable('experiments', table => {
    table.string('id', 64).primary();
    table.string('account_id', 12).notNullable();
    table.string('region', 32).notNullable();
    table.string('template_id', 64).notNullable();
    table.text('client_token').comment('Null where it was imported');
    table.string('request_hash', 64);
    table.bigInteger('created_at').notNullable();
    table
      .bigInteger('ends_at')
      .notNullable()
      .comment('When it reaches its final state, past or to come');
    table.boolean('retained').notNullable().comment('Never forgotten');
    table.text('definition').notNullable().comment('JSON object');
    table
      .text('course')
      .notNullable()
      .comment('JSON object: what its states over time follow from');
    table.text('tags').notNullable().comment('JSON object');
    table.unique(['account_id', 'region', 'client_token']);
    table.index(['account_id', 'region', 'id']);
    table.index(['account_id', 'region', 'ends_at']);
  });

  await knex.schema.createTable('alarms', table => {
    table.string('arn', 512).primary();
    table.string('state', 32).notNullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of ['alarms', 'experiments', 'templates', 'safety_levers']) {
    await knex.schema.dropTable(table);
  }
};
