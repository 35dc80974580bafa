// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  // Checklists as code, each as the file that it comes from says now.
  await knex.schema.createTable('readiness_templates', table => {
    table.text('id').primary();
    table.text('revision').notNullable().comment('The one that is in use');
    table.text('source').notNullable().comment('The file, address or built-in');
    table
      .bigInteger('read_at')
      .notNullable()
      .comment('When its source was last read, whatever that came to');
    table
      .text('problem')
      .comment('Why the newest content of its source could not be used');
    table.bigInteger('removed_at').comment('Since when nobody configures it');
    table.index(['source']);
  });
  // What templates said at any time that a run refers to, and what they say now.
  await knex.schema.createTable('readiness_template_revisions', table => {
    table.text('template').notNullable();
    table.text('revision').notNullable().comment('Digest of the content');
    table.text('version').notNullable();
    table.text('title').notNullable();
    table.text('content').notNullable().comment('JSON object');
    table.primary(['template', 'revision']);
  });
  // Sources that no template could be read from.
  await knex.schema.createTable('readiness_template_problems', table => {
    table.text('source').primary();
    table.text('message').notNullable();
    table.bigInteger('read_at').notNullable();
  });

  // Readiness tests of any state and origin. Those that are finished are also in
  // readiness_tests, by the same id: the status follows from these alone.
  await knex.schema.createTable('readiness_runs', table => {
    table.text('id').primary();
    table.integer('service_id').notNullable();
    table.text('template').notNullable();
    table
      .text('revision')
      .comment('Of the template; null: only the result was put down');
    table
      .text('item_ids')
      .notNullable()
      .comment('JSON array of the items that apply, as when it began');
    table.integer('item_count').notNullable();
    table
      .text('state')
      .notNullable()
      .comment('open, awaiting-sign-off, finished or discarded');
    table.integer('version').notNullable().comment('Of all but the answers');
    table.bigInteger('started_at').notNullable();
    table.text('started_by');
    table.bigInteger('performed_at').comment('When it was finished');
    table.text('performed_by');
    table
      .bigInteger('listed_at')
      .notNullable()
      .comment('When it was finished, else when it began: what lists sort by');
    table.text('verdict');
    table.bigInteger('valid_until');
    table.text('summary').comment('Markdown');
    table.text('signed_by');
    table.bigInteger('signed_at');
    table.text('sign_off').comment('accepted or returned');
    table.text('sign_off_comment');
    table.text('updated_by');
    table.bigInteger('updated_at').notNullable();
    table.text('submission_key');
    table.text('submission_hash').comment('Of what was sent with the key');
    table.text('reported_by').comment('Which pipeline it is of');
    table.text('external_id').comment('What that pipeline calls it by');
    table
      .text('import_key')
      .comment('What the file of an import calls it by')
      .unique();
    table.unique(['started_by', 'submission_key']);
    table.unique(['reported_by', 'external_id']);
    table.index(['listed_at', 'id']);
    table.index(['service_id', 'template', 'listed_at']);
    table.index(['template', 'revision']);
    table.foreign('service_id').references('services.id');
  });
  await knex.schema.createTable('readiness_answers', table => {
    table.text('run_id').notNullable();
    table.text('item_id').notNullable();
    table.integer('version').notNullable();
    table
      .text('value')
      .comment('yes, no or not-applicable; null: it was taken back');
    table.text('note').comment('Markdown');
    table.text('evidence').notNullable().comment('JSON array');
    table.text('answered_by').notNullable();
    table.bigInteger('answered_at').notNullable();
    table.primary(['run_id', 'item_id']);
    table.foreign('run_id').references('readiness_runs.id').onDelete('CASCADE');
  });

  // What was put down before.
  await knex.raw(
    `insert into readiness_runs (id, service_id, template, item_ids, item_count,
       state, version, started_at, performed_at, performed_by, listed_at,
       updated_at, verdict, valid_until, summary)
     select id, service_id, template, '[]', 0, 'finished', 1, performed_at,
       performed_at, performed_by, performed_at, performed_at, verdict,
       valid_until, summary
     from readiness_tests`,
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of [
    'readiness_answers',
    'readiness_runs',
    'readiness_template_problems',
    'readiness_template_revisions',
    'readiness_templates',
  ]) {
    await knex.schema.dropTable(table);
  }
};
