// @ts-check

/*
 * How services and groups of them stood, day by day. Days are numbers of days
 * since 1970 by the calendar of UTC. A point is written where something changed;
 * it stands until the next one. See docs/adr/0012-history.md.
 */

/** @param {import('knex').Knex.CreateTableBuilder} table */
function addFlows(table) {
  table
    .integer('game_days_held')
    .notNullable()
    .comment('Since the point before; of this day only');
  table.integer('tests_passed').notNullable().comment('The same');
}

/** @param {import('knex').Knex.CreateTableBuilder} table */
function addFigures(table) {
  table.integer('open_count').notNullable();
  table.integer('starved').notNullable().comment('Services that are');
  table.integer('closed_90d').notNullable();
  table.integer('all_closed_90d').notNullable();
  table.bigInteger('oldest_created_at');
  table.bigInteger('median_created_at');
  addFlows(table);
}

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  // The days on which points were taken, and how far that has come.
  await knex.schema.createTable('observed_days', table => {
    table.integer('day').primary();
    table.boolean('recorded').notNullable().comment('By a module');
    table.bigInteger('taken_at').notNullable();
    table.text('stage').notNullable().comment('What is to be taken next');
    table
      .integer('after_service')
      .notNullable()
      .comment('Up to which service that is done');
    table.bigInteger('finished_at').comment('Null: not to be shown');
  });

  await knex.schema.createTable('service_points', table => {
    table.integer('service_id').notNullable();
    table.integer('day').notNullable();
    table.integer('state_rank').comment('Null: there is no such service');
    table.integer('backlog_rank');
    table.integer('game_day_rank');
    table.integer('readiness_rank');
    addFigures(table);
    table.primary(['service_id', 'day']);
    table.index(['day', 'service_id']);
  });

  await knex.schema.createTable('group_points', table => {
    table.text('dimension').notNullable();
    table.text('key').notNullable().comment('Empty: services of no group');
    table.integer('day').notNullable();
    table.integer('services').notNullable().comment('0: there is no group');
    table.integer('attention').notNullable().comment('Services that need it');
    table.text('states').notNullable().comment('JSON object');
    addFigures(table);
    table.primary(['dimension', 'key', 'day']);
    table.index(['day']);
  });

  // Game days and passed tests that points have counted, so that one that becomes
  // known late is counted, and none twice.
  await knex.schema.createTable('counted_events', table => {
    table.text('kind').notNullable();
    table.text('event_id').notNullable();
    table.integer('service_id').notNullable();
    table.bigInteger('happened_at').notNullable();
    table.integer('day').notNullable().comment('Whose point counts it');
    table.primary(['kind', 'event_id', 'service_id']);
    table.index(['day']);
  });

  // What is being taken, until the points of the day are finished.
  await knex.schema.createTable('taken_services', table => {
    table.integer('service_id').primary();
    for (const column of ['system_ref', 'domain_ref']) table.text(column);
    for (const column of ['tier', 'lifecycle', 'type']) table.text(column);
    table.integer('state_rank').notNullable();
    table.integer('backlog_rank').notNullable();
    table.integer('game_day_rank').notNullable();
    table.integer('readiness_rank').notNullable();
    addFigures(table);
  });
  await knex.schema.createTable('taken_backlogs', table => {
    table.integer('service_id').notNullable();
    table
      .bigInteger('created_at')
      .notNullable()
      .comment('Of an open improvement');
    table.index(['service_id']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of [
    'taken_backlogs',
    'taken_services',
    'counted_events',
    'group_points',
    'service_points',
    'observed_days',
  ]) {
    await knex.schema.dropTable(table);
  }
};
