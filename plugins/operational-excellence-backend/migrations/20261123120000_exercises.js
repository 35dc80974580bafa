// @ts-check

/** @param {import('knex').Knex} knex */
function isPostgres(knex) {
  return knex.client.config.client === 'pg';
}

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  // Where exercises are held and improvements are tried.
  await knex.schema.createTable('environments', table => {
    table.increments('sequence');
    table.text('id').notNullable().unique();
    table.text('name').notNullable().unique();
    table.integer('version').notNullable();
    table.text('kind').notNullable();
    table.text('title').notNullable();
    table.text('owner_ref').notNullable();
    table.text('url');
    table.bigInteger('created_at').notNullable();
    table.bigInteger('expires_at');
    table.bigInteger('removed_at');
    table.text('reported_by').notNullable();
    table.index(['removed_at', 'expires_at']);
    table.index(['created_at', 'sequence']);
    table.index(['owner_ref']);
  });
  await knex.schema.createTable('environment_services', table => {
    table.text('environment_id').notNullable();
    table.integer('service_id').notNullable();
    table.primary(['environment_id', 'service_id']);
    table.index(['service_id']);
    table
      .foreign('environment_id')
      .references('environments.id')
      .onDelete('CASCADE');
    table.foreign('service_id').references('services.id');
  });
  await knex.schema.createTable('improvement_environments', table => {
    table.text('improvement_id').primary();
    table.text('environment_id').notNullable();
    table.index(['environment_id']);
    table.foreign('improvement_id').references('improvements.id');
    table.foreign('environment_id').references('environments.id');
  });

  // Rehearsals that people record.
  await knex.schema.createTable('exercises', table => {
    table.increments('sequence');
    table.text('id').notNullable().unique();
    table
      .integer('version')
      .notNullable()
      .comment('Of what people change; counts up with each change');
    table.text('kind').notNullable();
    table.text('title').notNullable();
    table.text('search_text').notNullable().comment('Lower case');
    table
      .text('state')
      .notNullable()
      .comment('planned, running, held or cancelled');
    table.bigInteger('planned_start').notNullable();
    table.bigInteger('planned_end').notNullable();
    table.bigInteger('started_at');
    table.bigInteger('ended_at');
    table
      .bigInteger('starts_at')
      .notNullable()
      .comment('When it began, else when it is to begin: what lists sort by');
    table
      .bigInteger('ends_at')
      .notNullable()
      .comment('When it ended, else when it is to end');
    table.text('facilitator');
    table.text('roles').notNullable().comment('JSON array');
    table.text('scope').comment('Markdown');
    table.text('hypothesis');
    table.text('hypothesis_bound');
    table.text('steady_state');
    table.text('blast_radius');
    table.text('stop_conditions').notNullable().comment('JSON array');
    table.text('abort_owner');
    table.boolean('rollback_tried').notNullable();
    table.text('prerequisites').notNullable().comment('JSON array');
    table.text('environment_id');
    table.text('outcome');
    table.text('surprises').comment('Markdown');
    table.text('cancel_reason');
    table
      .text('plan_hash')
      .notNullable()
      .comment('Of what approvers approved; another plan voids approvals');
    table.text('created_by').notNullable();
    table.text('submission_key');
    table.text('submission_hash').comment('Of what was sent with the key');
    table
      .text('import_key')
      .comment('What the file of an import calls it by')
      .unique();
    table.bigInteger('created_at').notNullable();
    table.text('updated_by').notNullable();
    table.bigInteger('updated_at').notNullable();
    table.unique(['created_by', 'submission_key']);
    table.index(['starts_at', 'sequence']);
    table.index(['ends_at']);
    table.index(['state', 'planned_end']);
    table.index(['environment_id']);
    table.foreign('environment_id').references('environments.id');
  });
  await knex.schema.createTable('exercise_services', table => {
    table.text('exercise_id').notNullable();
    table.integer('service_id').notNullable();
    table.primary(['exercise_id', 'service_id']);
    table.index(['service_id']);
    table.foreign('exercise_id').references('exercises.id').onDelete('CASCADE');
    table.foreign('service_id').references('services.id');
  });
  await knex.schema.createTable('exercise_approvals', table => {
    table.text('exercise_id').notNullable();
    table.text('approver').notNullable().comment('As the policy names it');
    table.text('plan_hash').notNullable().comment('Of what was decided on');
    table.text('decision').notNullable();
    table.text('decided_by').notNullable();
    table.bigInteger('decided_at').notNullable();
    table.text('comment');
    table.primary(['exercise_id', 'approver']);
    table.foreign('exercise_id').references('exercises.id').onDelete('CASCADE');
  });
  await knex.schema.createTable('exercise_log', table => {
    table.increments('sequence');
    table.text('id').notNullable().unique();
    table.text('exercise_id').notNullable();
    table.bigInteger('at').notNullable();
    table.text('by').notNullable();
    table.text('text').notNullable();
    table.text('submission_key').notNullable();
    table.unique(['by', 'submission_key']);
    table.index(['exercise_id', 'at']);
    table.foreign('exercise_id').references('exercises.id').onDelete('CASCADE');
  });
  // Which experiments belong to an exercise. What a person took away is kept, so
  // that its tag does not bring it back.
  await knex.schema.createTable('exercise_experiments', table => {
    table.text('exercise_id').notNullable();
    table.integer('experiment_id').notNullable();
    table.text('linked_by').notNullable().comment('tag or person');
    table.boolean('removed').notNullable().defaultTo(false);
    table.primary(['exercise_id', 'experiment_id']);
    table.index(['experiment_id']);
    table.foreign('exercise_id').references('exercises.id').onDelete('CASCADE');
    table
      .foreign('experiment_id')
      .references('experiments.id')
      .onDelete('CASCADE');
  });
  // Calendars that other programs subscribe to, by a secret of which only the
  // digest is kept.
  await knex.schema.createTable('calendar_feeds', table => {
    table.text('id').primary();
    table.text('secret_digest').notNullable().unique();
    table.text('created_by').notNullable();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('expires_at').notNullable();
    table.bigInteger('revoked_at');
    table.text('entity_ref');
    table.text('owner_ref');
    table
      .text('visible_refs')
      .comment('JSON array of what its creator could see; null: everything');
    table.index(['created_by']);
  });

  // What exercises and readiness tests brought to light.
  await knex.schema.createTable('findings', table => {
    table.increments('sequence');
    table.text('id').notNullable().unique();
    table.integer('version').notNullable();
    table.integer('service_id').notNullable();
    table.text('exercise_id');
    table.text('readiness_test_id').comment('Of a run, finished or not');
    table.text('readiness_item_id');
    table.text('origin_kind').notNullable();
    table.text('severity').notNullable();
    table.integer('severity_rank').notNullable().comment('0 is the worst');
    table.text('text').notNullable().comment('Markdown');
    table.text('lesson').comment('Markdown');
    table.text('search_text').notNullable();
    table.bigInteger('retest_by');
    table.text('improvement_id');
    table.text('created_by').notNullable();
    table.text('submission_key').notNullable();
    table.text('submission_hash').notNullable();
    table.bigInteger('created_at').notNullable();
    table.text('updated_by').notNullable();
    table.bigInteger('updated_at').notNullable();
    table.unique(['created_by', 'submission_key']);
    table.index(['service_id', 'created_at']);
    table.index(['exercise_id']);
    table.index(['readiness_test_id']);
    table.index(['improvement_id']);
    table.index(['created_at', 'sequence']);
    table.index(['severity_rank', 'sequence']);
    table.index(['retest_by', 'sequence']);
    table.foreign('service_id').references('services.id');
    table.foreign('exercise_id').references('exercises.id');
    table.foreign('improvement_id').references('improvements.id');
  });
  await knex.schema.createTable('finding_tags', table => {
    table.text('finding_id').notNullable();
    table.text('tag').notNullable();
    table.primary(['tag', 'finding_id']);
    table.index(['finding_id']);
    table.foreign('finding_id').references('findings.id').onDelete('CASCADE');
  });
  await knex.schema.createTable('finding_retests', table => {
    table.increments('sequence');
    table.text('id').notNullable().unique();
    table.text('finding_id').notNullable();
    table.text('exercise_id');
    table.integer('experiment_id');
    table.bigInteger('tested_at').notNullable().comment('When it was held');
    table.text('result').notNullable().comment('fixed or not-fixed');
    table.text('note');
    table.text('recorded_by').notNullable();
    table.bigInteger('recorded_at').notNullable();
    table.text('submission_key').notNullable();
    table.unique(['recorded_by', 'submission_key']);
    table.index(['finding_id', 'tested_at']);
    table.foreign('finding_id').references('findings.id').onDelete('CASCADE');
    table.foreign('exercise_id').references('exercises.id');
    table.foreign('experiment_id').references('experiments.id');
  });

  // The words of findings, for the search of lessons.
  if (isPostgres(knex)) {
    await knex.raw(
      `alter table findings add column search_words tsvector
       generated always as (to_tsvector('simple', search_text)) stored`,
    );
    await knex.raw(
      'create index findings_search_words_index on findings using gin (search_words)',
    );
  } else {
    await knex.raw(
      `create virtual table finding_words using fts5(
         search_text, content='findings', content_rowid='sequence')`,
    );
    await knex.raw(
      `create trigger findings_inserted after insert on findings begin
         insert into finding_words (rowid, search_text)
         values (new.sequence, new.search_text);
       end`,
    );
    await knex.raw(
      `create trigger findings_deleted after delete on findings begin
         insert into finding_words (finding_words, rowid, search_text)
         values ('delete', old.sequence, old.search_text);
       end`,
    );
    await knex.raw(
      `create trigger findings_updated after update of search_text on findings begin
         insert into finding_words (finding_words, rowid, search_text)
         values ('delete', old.sequence, old.search_text);
         insert into finding_words (rowid, search_text)
         values (new.sequence, new.search_text);
       end`,
    );
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  if (!isPostgres(knex)) {
    for (const trigger of [
      'findings_inserted',
      'findings_deleted',
      'findings_updated',
    ]) {
      await knex.raw(`drop trigger ${trigger}`);
    }
    await knex.schema.dropTable('finding_words');
  }
  for (const table of [
    'finding_retests',
    'finding_tags',
    'findings',
    'calendar_feeds',
    'exercise_experiments',
    'exercise_log',
    'exercise_approvals',
    'exercise_services',
    'exercises',
    'improvement_environments',
    'environment_services',
    'environments',
  ]) {
    await knex.schema.dropTable(table);
  }
};
