// @ts-check

/*
 * Instants are epoch milliseconds in bigint columns (`*_at`, `*_until`), which
 * SQLite and PostgreSQL order alike. JSON is kept as text: it is only read back
 * whole.
 */

/** @param {import('knex').Knex} knex */
function isPostgres(knex) {
  return knex.client.config.client === 'pg';
}

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  // The tracked entities of the catalog. A removed service keeps its row, so
  // that its records return with it.
  await knex.schema.createTable('services', table => {
    table.increments('id');
    table.text('entity_ref').notNullable().unique();
    table.text('title').notNullable();
    table.text('search_text').notNullable().comment('Lower case');
    table.text('owner_ref');
    table.text('system_ref');
    table.text('domain_ref');
    table.text('type');
    table.text('lifecycle');
    table.text('tier');
    table.text('policy_id');
    table.text('annotations').notNullable().comment('JSON object');
    table.text('content_hash').notNullable();
    table.bigInteger('removed_at');
  });

  // The owner of a service and every group above it.
  await knex.schema.createTable('service_owners', table => {
    table.integer('service_id').notNullable();
    table.text('owner_ref').notNullable();
    table.integer('depth').notNullable().comment('0: the owner itself');
    table.primary(['owner_ref', 'service_id']);
    table.index(['service_id']);
    table.foreign('service_id').references('services.id').onDelete('CASCADE');
  });

  // Groups, users, systems and domains that services refer to.
  await knex.schema.createTable('related_entities', table => {
    table.text('entity_ref').primary();
    table.text('title').notNullable();
    table.text('parent_ref');
  });

  // What a source synchronises on one cursor.
  await knex.schema.createTable('scopes', table => {
    table.increments('id');
    table.text('source_id').notNullable();
    table.text('kind').notNullable().comment('ticket or experiment');
    table.text('key').notNullable();
    table.text('title').notNullable();
    table.text('url');
    table
      .boolean('active')
      .notNullable()
      .comment('Whether the source is connected and names the scope');
    table.text('cursor');
    table.bigInteger('next_run_at').notNullable();
    table.bigInteger('next_reconcile_at').notNullable();
    table.bigInteger('tolerance_ms').notNullable();
    table.bigInteger('last_success_at');
    table.bigInteger('failing_since');
    table.bigInteger('last_error_at');
    table.text('last_error');
    table.integer('consecutive_failures').notNullable().defaultTo(0);
    table.bigInteger('requests_total').notNullable().defaultTo(0);
    table.bigInteger('requests_since').comment('When the first one was noted');
    table
      .bigInteger('rows_total')
      .notNullable()
      .defaultTo(0)
      .comment('Tickets or experiments, as counted when a run ended');
    table
      .bigInteger('rate_remaining')
      .comment('How many requests the upstream last said that it still grants');
    table.bigInteger('rate_limit');
    table.bigInteger('rate_resets_at');
    table.bigInteger('rate_noted_at');
    table.text('claim_token').comment('Of the run that is under way');
    table.bigInteger('claimed_until');
    table.unique(['source_id', 'key']);
    table.index(['active', 'next_run_at']);
  });

  // Which tickets of a scope belong to a service.
  await knex.schema.createTable('service_scopes', table => {
    table.integer('service_id').notNullable();
    table.integer('scope_id').notNullable();
    table.text('container').notNullable();
    table.text('all_of').notNullable().comment('JSON array of facets');
    table.boolean('implicit').notNullable();
    table.primary(['service_id', 'scope_id', 'container', 'all_of']);
    table.index(['scope_id', 'container']);
    table.foreign('service_id').references('services.id').onDelete('CASCADE');
    table.foreign('scope_id').references('scopes.id').onDelete('CASCADE');
  });

  // What of a scope services name. A scope answers for a container once a run
  // that knew it has ended; one that nobody names any more is forgotten.
  await knex.schema.createTable('scope_containers', table => {
    table.integer('scope_id').notNullable();
    table.text('container').notNullable();
    table
      .bigInteger('covered_at')
      .comment('When a whole run first covered it; null: not read yet');
    table
      .text('missing_message')
      .comment('Why the upstream does not know it; null: it does');
    table.text('missing_suggestion').comment('What may have been meant');
    table.bigInteger('missing_since');
    table.primary(['scope_id', 'container']);
    table.foreign('scope_id').references('scopes.id').onDelete('CASCADE');
  });
  // Few, as a rule, of many.
  await knex.schema.raw(
    'create index scope_containers_missing_index on scope_containers (scope_id) where missing_message is not null',
  );

  // Which experiments exercise a service by its annotations.
  await knex.schema.createTable('experiment_matchers', table => {
    table.integer('service_id').notNullable();
    table.text('source_id').notNullable();
    table
      .text('lookup')
      .notNullable()
      .comment('template:<id>, or tag:<key>=<value> of the first tag');
    table
      .text('tags')
      .notNullable()
      .comment('JSON object, all must be present');
    table.primary(['service_id', 'source_id', 'lookup', 'tags']);
    table.index(['source_id', 'lookup']);
    table.foreign('service_id').references('services.id').onDelete('CASCADE');
  });

  // Annotations that a source could not read.
  await knex.schema.createTable('service_problems', table => {
    table.integer('service_id').notNullable();
    table.text('source_id').notNullable();
    table.text('measure').notNullable();
    table.text('message').notNullable();
    table.primary(['service_id', 'source_id']);
    table.foreign('service_id').references('services.id').onDelete('CASCADE');
  });

  // Sets of scopes that the figures of services depend on, so that a run of a
  // scope renews one row per set instead of one per service.
  await knex.schema.createTable('scope_groups', table => {
    table.text('id').primary();
    table
      .bigInteger('checked_at')
      .comment('The earliest last success of the scopes; null if one has none');
    table
      .bigInteger('fresh_until')
      .comment('The earliest end of tolerance; null if one never answered');
    table.index(['fresh_until']);
  });
  await knex.schema.createTable('scope_group_members', table => {
    table.text('group_id').notNullable();
    table.integer('scope_id').notNullable();
    table.primary(['group_id', 'scope_id']);
    table.index(['scope_id']);
    table.foreign('group_id').references('scope_groups.id').onDelete('CASCADE');
    table.foreign('scope_id').references('scopes.id').onDelete('CASCADE');
  });

  // Tickets and their matches have no foreign keys: a first sync writes millions
  // of them, and checking each costs a fifth of its time. Scopes and services
  // are never deleted; matches are, in the transaction that deletes a ticket.
  await knex.schema.createTable('tickets', table => {
    table.increments('id');
    table.text('source_id').notNullable();
    table.text('external_id').notNullable();
    table.integer('scope_id').notNullable().comment('Where it was last seen');
    table.text('container').notNullable();
    table.text('facets').notNullable().comment('JSON array');
    table.text('key').notNullable();
    table.text('url');
    table.text('title').notNullable();
    table.text('state').notNullable();
    table.boolean('improvement').notNullable();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('started_at');
    table.bigInteger('closed_at');
    table.bigInteger('updated_at').notNullable();
    table.text('labels').notNullable().comment('JSON array');
    table.text('priority');
    table.text('assignee');
    table
      .bigInteger('counts_until')
      .notNullable()
      .comment('Until when it makes a difference to a backlog');
    table.unique(['source_id', 'external_id']);
    table.index(['scope_id', 'container']);
  });
  await knex.schema.createTable('ticket_matches', table => {
    table.integer('service_id').notNullable();
    table.integer('ticket_id').notNullable();
    table
      .bigInteger('counts_until')
      .notNullable()
      .comment('Of the ticket, so that a backlog is read without the old ones');
    table.primary(['ticket_id', 'service_id']);
    table.index(['service_id', 'counts_until']);
  });

  await knex.schema.createTable('experiments', table => {
    table.increments('id');
    table.text('source_id').notNullable();
    table.text('external_id').notNullable();
    table.integer('scope_id').notNullable();
    table.text('title').notNullable();
    table.text('url');
    table.text('account_id').notNullable();
    table.text('region').notNullable();
    table.text('template_id');
    table.text('state').notNullable();
    table.text('reason');
    table.bigInteger('created_at').notNullable();
    table.bigInteger('started_at');
    table.bigInteger('ended_at');
    table.boolean('dry_run').notNullable();
    table.boolean('final').notNullable();
    table.boolean('counts_as_game_day').notNullable();
    table.text('stop_conditions').notNullable().comment('JSON array');
    table.text('actions').notNullable().comment('JSON array');
    table.text('options').notNullable().comment('JSON object');
    table.text('tags').notNullable().comment('JSON object');
    table.text('template_tags').notNullable().comment('JSON object');
    table.unique(['source_id', 'external_id']);
    table.index(['created_at', 'id']);
    table.index(['scope_id']);
    table.foreign('scope_id').references('scopes.id');
  });
  // What an experiment can be found by: the services that it names, which need
  // not be known yet, its template and its tags.
  await knex.schema.createTable('experiment_lookups', table => {
    table.integer('experiment_id').notNullable();
    table
      .text('lookup')
      .notNullable()
      .comment('entity:<ref>, template:<id> or tag:<key>=<value>');
    table.primary(['experiment_id', 'lookup']);
    table.index(['lookup']);
    table
      .foreign('experiment_id')
      .references('experiments.id')
      .onDelete('CASCADE');
  });
  await knex.schema.createTable('experiment_matches', table => {
    table.integer('service_id').notNullable();
    table.integer('experiment_id').notNullable();
    table.primary(['service_id', 'experiment_id']);
    table.index(['experiment_id']);
    table.foreign('service_id').references('services.id').onDelete('CASCADE');
    table
      .foreign('experiment_id')
      .references('experiments.id')
      .onDelete('CASCADE');
  });

  await knex.schema.createTable('readiness_tests', table => {
    table.text('id').primary();
    table.integer('service_id').notNullable();
    table.text('template').notNullable();
    table.bigInteger('performed_at').notNullable();
    table.text('performed_by');
    table.text('verdict').notNullable();
    table.bigInteger('valid_until');
    table.text('summary');
    table.index(['service_id', 'performed_at']);
    table.foreign('service_id').references('services.id');
  });

  await knex.schema.createTable('waivers', table => {
    table.text('id').primary();
    table.integer('service_id').notNullable();
    table.text('measure').notNullable();
    table.text('reason').notNullable();
    table.text('approver').notNullable();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('until').notNullable();
    table.bigInteger('revoked_at');
    table.index(['service_id']);
    table.foreign('service_id').references('services.id');
  });

  // What the states of a service follow from, and its figures: one row that a
  // list reads. Removed services have none.
  await knex.schema.createTable('service_status', table => {
    table.integer('service_id').primary();

    // A copy of the service, so that a list reads one table.
    table.text('entity_ref').notNullable().unique();
    table.text('title').notNullable();
    table.text('search_text').notNullable();
    table.text('owner_ref');
    table.text('system_ref');
    table.text('domain_ref');
    table.text('type');
    table.text('lifecycle');
    table.text('tier');
    table.text('policy_id');

    // The states, as ranks of which 0 is the worst. They hold until time changes
    // one of them, and as long as the scope groups are fresh.
    table.integer('state_rank').notNullable();
    table.integer('backlog_rank').notNullable();
    table.integer('game_day_rank').notNullable();
    table.integer('readiness_rank').notNullable();
    table.bigInteger('settled_until');

    table.boolean('backlog_required').notNullable();
    table.boolean('backlog_configured').notNullable();
    table
      .boolean('backlog_known')
      .notNullable()
      .comment('Whether the sources answer for all that the service names');
    table.text('backlog_problem');
    table.text('backlog_scope_group').comment('Null: no source');
    table.bigInteger('backlog_due_at');
    table.bigInteger('backlog_warn_at');
    table.bigInteger('backlog_waived_until');
    table.integer('backlog_open_count').notNullable();
    table.bigInteger('backlog_oldest_created_at');
    table.bigInteger('backlog_median_created_at');
    table.bigInteger('backlog_p85_created_at');
    table.bigInteger('backlog_oldest_started_at');
    table.integer('backlog_opened_30d').notNullable();
    table.integer('backlog_closed_30d').notNullable();
    table.integer('backlog_opened_90d').notNullable();
    table.integer('backlog_closed_90d').notNullable();
    table.double('backlog_improvement_share_90d');
    table
      .bigInteger('backlog_valid_until')
      .comment('When time alone changes one of the 30 and 90 day figures');

    table.boolean('game_day_required').notNullable();
    table.boolean('game_day_configured').notNullable();
    table.text('game_day_problem');
    table
      .text('game_day_scope_group')
      .comment('Of the evidence; null: the evidence is our own');
    table
      .text('game_day_all_scope_group')
      .comment('Of all that could hold newer evidence; null: nothing could');
    table.bigInteger('game_day_due_at');
    table.bigInteger('game_day_warn_at');
    table.bigInteger('game_day_waived_until');
    table.bigInteger('game_day_last_held_at');
    table.text('game_day_last_kind');
    table.text('game_day_last_id');
    table.text('game_day_last_title');
    table.text('game_day_last_outcome');

    table.boolean('readiness_required').notNullable();
    table.boolean('readiness_failing').notNullable();
    table.boolean('readiness_happened').notNullable();
    table.bigInteger('readiness_due_at');
    table.bigInteger('readiness_warn_at');
    table.bigInteger('readiness_waived_until');
    table.bigInteger('readiness_last_performed_at');
    table.text('readiness_verdict');
    table.text('readiness_template');
    table
      .text('readiness_missing_templates')
      .notNullable()
      .comment('JSON array');

    table.foreign('service_id').references('services.id').onDelete('CASCADE');
    for (const group of [
      'backlog_scope_group',
      'game_day_scope_group',
      'game_day_all_scope_group',
    ]) {
      table.foreign(group).references('scope_groups.id');
      table.index([group]);
    }
    table.index(['system_ref']);
    table.index(['domain_ref']);
    table.index(['settled_until']);
    table.index(['backlog_valid_until']);
    table.index(['backlog_oldest_created_at', 'service_id']);
    table.index(['game_day_last_held_at', 'service_id']);
    table.index(['readiness_last_performed_at', 'service_id']);
  });
  // Titles sort the same in both databases: by code point, ASCII case folded, by
  // no more of them than fits into the cursor of a page.
  const collate = isPostgres(knex) ? 'collate "C"' : '';
  await knex.schema.raw(
    `create index service_status_title_index on service_status (lower(substr(title, 1, 200) ${collate}), service_id)`,
  );

  // A copy of what the most common list asks for, the services of an owner in
  // some state, sorted by the age of their backlog.
  await knex.schema.createTable('owned_services', table => {
    table.text('owner_ref').notNullable();
    table.integer('service_id').notNullable();
    table.integer('state_rank').notNullable();
    table.bigInteger('backlog_oldest_created_at');
    table.primary(['service_id', 'owner_ref']);
    table.index([
      'owner_ref',
      'state_rank',
      'backlog_oldest_created_at',
      'service_id',
    ]);
    table
      .foreign('service_id')
      .references('service_status.service_id')
      .onDelete('CASCADE');
  });

  // Whose turn it is to do what one replica does for all.
  await knex.schema.createTable('task_turns', table => {
    table.text('task').primary();
    table.text('holder').comment('Null: nobody is at it');
    table.bigInteger('held_until').notNullable();
    table.bigInteger('next_at').notNullable();
  });

  // What the stored rows were computed with, such as the policies.
  await knex.schema.createTable('settings', table => {
    table.text('key').primary();
    table.text('value').notNullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of [
    'settings',
    'task_turns',
    'owned_services',
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
    'scope_containers',
    'service_scopes',
    'scopes',
    'related_entities',
    'service_owners',
    'services',
  ]) {
    await knex.schema.dropTable(table);
  }
};
