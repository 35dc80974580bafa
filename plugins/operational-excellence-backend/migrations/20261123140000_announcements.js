// @ts-check

/*
 * What was noted of a record stands beside what it was noted of, and an index
 * holds the rows in which the two differ: few or none, however many rows there
 * are. See docs/adr/0009-announcements.md.
 */

/** Of `unknown` among the states: nothing is noted while it lasts. */
const UNKNOWN_RANK = 3;

const NOTED_COLUMNS = {
  service_status: {
    noted_backlog_rank: 'integer',
    noted_game_day_rank: 'integer',
    noted_readiness_rank: 'integer',
  },
  exercises: { noted_missed_end: 'bigint' },
  findings: { noted_retest_by: 'bigint' },
  waivers: { noted_stage: 'text' },
  improvements: { noted_stage: 'text', noted_done_at: 'bigint' },
};

const MEASURE_CHANGED = ['backlog', 'game_day', 'readiness']
  .map(
    measure =>
      `(${measure}_rank <> ${UNKNOWN_RANK} and ${measure}_rank is distinct from noted_${measure}_rank)`,
  )
  .join(' or ');

const NOT_NOTED_INDEXES = [
  `service_status_not_noted_index on service_status (service_id)
   where (${MEASURE_CHANGED})`,
  `exercises_not_noted_index on exercises (planned_end)
   where state = 'planned' and planned_end is distinct from noted_missed_end`,
  `findings_not_noted_index on findings (retest_by)
   where retest_by is not null and retest_by is distinct from noted_retest_by`,
  `waivers_ending_not_noted_index on waivers (until)
   where revoked_at is null and noted_stage is null`,
  `waivers_ended_not_noted_index on waivers (until)
   where revoked_at is null and noted_stage is distinct from 'ended'`,
];

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  // What owners are told: written where it was found out, delivered from here.
  await knex.schema.createTable('announcements', table => {
    table.increments('sequence');
    table.text('kind').notNullable();
    table.text('subject').notNullable().comment('What it is about');
    table
      .bigInteger('due_at')
      .notNullable()
      .comment('The instant that it speaks of');
    table.text('facts').notNullable().comment('JSON object');
    table.text('state').notNullable().comment('queued, sent or dropped');
    table.bigInteger('created_at').notNullable();
    table
      .bigInteger('expires_at')
      .notNullable()
      .comment('From when on it is not worth sending any more');
    table.integer('attempts').notNullable().defaultTo(0);
    table.bigInteger('next_attempt_at').notNullable();
    table.text('claim_token').comment('Of the delivery that is under way');
    table.bigInteger('claimed_until');
    table.bigInteger('ended_at').comment('When it was sent or dropped');
    table.unique(['subject', 'kind', 'due_at']);
    table.index(['state', 'next_attempt_at']);
    table.index(['state', 'expires_at']);
    table.index(['ended_at']);
  });

  for (const [table, columns] of Object.entries(NOTED_COLUMNS)) {
    for (const [column, type] of Object.entries(columns)) {
      await knex.raw(`alter table ${table} add column ${column} ${type}`);
    }
  }
  for (const index of NOT_NOTED_INDEXES) {
    await knex.raw(`create index ${index}`);
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const index of NOT_NOTED_INDEXES) {
    await knex.raw(`drop index ${index.split(' ')[0]}`);
  }
  // On SQLite, knex would copy the tables, which have indexes on expressions.
  for (const [table, columns] of Object.entries(NOTED_COLUMNS)) {
    for (const column of Object.keys(columns)) {
      await knex.raw(`alter table ${table} drop column ${column}`);
    }
  }
  await knex.schema.dropTable('announcements');
};
