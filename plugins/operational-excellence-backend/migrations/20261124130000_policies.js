// @ts-check

/** @param {import('knex').Knex} knex */
function isPostgres(knex) {
  return knex.client.config.client === 'pg';
}

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  // How many services a policy applies to, and which to renew after a change.
  await knex.schema.alterTable('service_status', table => {
    table.index(['policy_id', 'service_id']);
  });

  // What would change if other policies applied. Worked out in the background,
  // by one replica at a time, in the order of the ids of services.
  await knex.schema.createTable('policy_previews', table => {
    table.text('id').primary();
    table.text('state').notNullable().comment('running, done or failed');
    table.text('problem').comment('Why it failed');
    table.text('policies').notNullable().comment('JSON array');
    table.text('created_by').notNullable();
    table.bigInteger('created_at').notNullable();
    table
      .text('upcoming')
      .comment('Which upcoming policies it was made for; null: by somebody');
    table.integer('after_id').notNullable().comment('The last service seen');
    table.integer('services').notNullable();
    table.integer('changed').notNullable();
    table.text('changes').notNullable().comment('JSON array');
    table.integer('attempts').notNullable().comment('Since it last got on');
    table.bigInteger('next_attempt_at').notNullable();
    table.text('claim_token');
    table.bigInteger('claimed_until');
    table
      .bigInteger('removed_at')
      .comment('Nobody sees it any more; its rows go bit by bit');
    table.index(['state', 'next_attempt_at']);
    table.index(['created_by', 'created_at']);
    table.index(['upcoming', 'created_at']);
    table.index(['created_at']);
  });

  // The services that would change a state.
  await knex.schema.createTable('policy_preview_services', table => {
    table.text('preview_id').notNullable();
    table.integer('service_id').notNullable();
    table.text('entity_ref').notNullable();
    table.text('title').notNullable();
    table.text('policy_before');
    table.text('policy_after');
    for (const of of ['service', 'backlog', 'game_day', 'readiness']) {
      table.text(`${of}_from`).notNullable();
      table.text(`${of}_to`).notNullable();
    }
    table.primary(['preview_id', 'service_id']);
    table.foreign('preview_id').references('policy_previews.id');
  });
  // As the titles of services are sorted elsewhere.
  const collate = isPostgres(knex) ? 'collate "C"' : '';
  await knex.schema.raw(
    `create index policy_preview_services_title_index on policy_preview_services (preview_id, lower(substr(title, 1, 200) ${collate}), service_id)`,
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('policy_preview_services');
  await knex.schema.dropTable('policy_previews');
  await knex.schema.alterTable('service_status', table => {
    table.dropIndex(['policy_id', 'service_id']);
  });
};
