// @ts-check

const DAY_MS = 24 * 60 * 60 * 1000;

const STATES = [
  'failing',
  'overdue',
  'never',
  'unknown',
  'not_configured',
  'due_soon',
  'ok',
  'waived',
  'not_required',
];

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  const now = Date.now();
  await knex.schema.alterTable('service_status', table => {
    table
      .integer('backlog_all_closed_90d')
      .notNullable()
      .defaultTo(0)
      .comment('Tickets of any kind');
    // The list that the scorecard begins with, the worst services first.
    table.index(['state_rank', 'service_id']);
  });
  await knex.raw(
    `update service_status
     set backlog_all_closed_90d = closings.closed
     from (
       select m.service_id, count(*) as closed
       from ticket_matches m join tickets t on t.id = m.ticket_id
       where t.state = 'done' and t.closed_at > ? and t.closed_at <= ?
       group by m.service_id
     ) as closings
     where closings.service_id = service_status.service_id`,
    [now - 90 * DAY_MS, now],
  );
  // States no longer hold either when improvements begin to be starved.
  const starvesAt = `backlog_last_closed_at + ${90 * DAY_MS}`;
  await knex.raw(
    `update service_status set settled_until = ${starvesAt}
     where backlog_oldest_created_at is not null and ${starvesAt} > ?
       and (settled_until is null or settled_until > ${starvesAt})`,
    [now],
  );

  // The sums of the services of each group, as far as changes were counted.
  await knex.schema.createTable('rollups', table => {
    table.text('dimension').notNullable();
    table.text('group_key').notNullable().comment('Empty: services of none');
    table.integer('services').notNullable();
    for (const of of ['service', 'backlog', 'game_day', 'readiness']) {
      for (const state of STATES) {
        table.integer(`${of}_${state}`).notNullable();
      }
    }
    table.integer('open_count').notNullable();
    table.integer('starved').notNullable();
    table.integer('closed_90d').notNullable();
    table.integer('all_closed_90d').notNullable();
    table.primary(['dimension', 'group_key']);
  });

  // What is counted of each service in the sums.
  await knex.schema.createTable('counted_services', table => {
    table.integer('service_id').primary();
    table.integer('state_rank').notNullable();
    table.integer('backlog_rank').notNullable();
    table.integer('game_day_rank').notNullable();
    table.integer('readiness_rank').notNullable();
    table.integer('open_count').notNullable();
    table.integer('starved').notNullable().comment('0 or 1');
    table.integer('closed_90d').notNullable();
    table.integer('all_closed_90d').notNullable();
    table.text('owners').notNullable().comment('JSON array, groups above too');
    table.text('system_ref');
    table.text('domain_ref');
    table.text('tier');
    table.text('lifecycle');
    table.text('type');
  });

  // The services of which something else may have to be counted. Written with
  // their status; taken away with the change of the sums.
  await knex.schema.createTable('rollup_changes', table => {
    table.increments('seq');
    table.integer('service_id').notNullable();
  });
  await knex.raw(
    'insert into rollup_changes (service_id) select service_id from service_status',
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of ['rollup_changes', 'counted_services', 'rollups']) {
    await knex.schema.dropTable(table);
  }
  await knex.raw(
    'drop index if exists service_status_state_rank_service_id_index',
  );
  // On SQLite, knex would copy the table, which has indexes on expressions.
  await knex.raw(
    'alter table service_status drop column backlog_all_closed_90d',
  );
};
