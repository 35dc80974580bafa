// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('demo_seed', table => {
    table
      .text('step')
      .primary()
      .comment('What the demo was seeded with, and when');
    table.bigInteger('at').notNullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('demo_seed');
};
