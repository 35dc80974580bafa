// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('experiments', table => {
    table
      .boolean('log_configured')
      .comment('Whether it wrote a log; null: not known');
  });

  // What experiments are started from, and what limits their harm.
  await knex.schema.createTable('experiment_templates', table => {
    table.increments('id');
    table.text('source_id').notNullable();
    table.text('external_id').notNullable();
    table.integer('scope_id').notNullable();
    table.text('title').notNullable();
    table.text('url');
    table.text('account_id').notNullable();
    table.text('region').notNullable();
    table.text('revision').notNullable();
    table.text('stop_conditions').notNullable().comment('JSON array');
    table
      .boolean('unguarded')
      .notNullable()
      .comment('Whether there is no stop condition');
    table.boolean('log_configured').notNullable();
    table.text('tags').notNullable().comment('JSON object');
    table.bigInteger('checked_at').notNullable();
    table.unique(['source_id', 'external_id']);
    table.index(['scope_id']);
    table.index(['unguarded', 'id']);
    table.foreign('scope_id').references('scopes.id');
  });
  // What a template finds the services by that it exercises, as experiments do.
  await knex.schema.createTable('experiment_template_lookups', table => {
    table.integer('template_id').notNullable();
    table.text('lookup').notNullable();
    table.primary(['template_id', 'lookup']);
    table.index(['lookup']);
    table
      .foreign('template_id')
      .references('experiment_templates.id')
      .onDelete('CASCADE');
  });
  await knex.schema.createTable('safety_levers', table => {
    table.integer('scope_id').primary();
    table.text('account_id').notNullable();
    table.text('region').notNullable();
    table.text('state').notNullable().comment('engaged, disengaged, unknown');
    table.text('reason');
    table.bigInteger('checked_at').notNullable();
    table.foreign('scope_id').references('scopes.id');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of [
    'safety_levers',
    'experiment_template_lookups',
    'experiment_templates',
  ]) {
    await knex.schema.dropTable(table);
  }
  await knex.raw('alter table experiments drop column log_configured');
};
