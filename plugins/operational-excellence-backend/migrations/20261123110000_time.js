// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  // Where improvements wait and none was closed for long, they are starved.
  await knex.schema.alterTable('service_status', table => {
    table
      .bigInteger('backlog_last_closed_at')
      .comment('When an improvement was last closed');
  });
  await knex.raw(
    `update service_status
     set backlog_last_closed_at = closings.last_closed_at
     from (
       select m.service_id, max(t.closed_at) as last_closed_at
       from ticket_matches m join tickets t on t.id = m.ticket_id
       where t.improvement and t.state = 'done' and t.closed_at <= ?
       group by m.service_id
     ) as closings
     where closings.service_id = service_status.service_id`,
    [Date.now()],
  );

  await knex.schema.alterTable('waivers', table => {
    table.text('revoked_by').comment('The entity reference of who revoked it');
    table.index(['created_at', 'id']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('waivers', table => {
    table.dropIndex(['created_at', 'id']);
  });
  // On SQLite, knex would copy the tables, which have indexes on expressions.
  await knex.raw('alter table waivers drop column revoked_by');
  await knex.raw(
    'alter table service_status drop column backlog_last_closed_at',
  );
};
