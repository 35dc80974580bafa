import { TestDatabases } from '@backstage/backend-test-utils';
import { DAY_MS } from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import {
  START,
  TEAM,
  TestAnnouncements,
} from './__testUtils__/TestAnnouncements';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const SERVICES = 100_000;

/** Tables of which a look must not read all rows. */
const LARGE = [
  'service_status',
  'exercises',
  'findings',
  'waivers',
  'improvements',
  'announcements',
];

jest.setTimeout(300_000);

describe.each(databases.eachSupportedId())('a look on %s', databaseId => {
  it('over a hundred thousand services reads a few entries of indexes', async () => {
    const db = await databases.init(databaseId);
    const test = await TestAnnouncements.create(db);
    await test.addService('payments');
    await fill(db);
    const replica = test.replica();
    await replica.look();
    test.notifications.takeTitles();
    await db.raw('vacuum analyze');

    const statements: { sql: string; bindings: Knex.RawBinding[] }[] = [];
    const listen = ({ bindings, sql }: Knex.Sql) => {
      if (/^\s*(with|select|update|delete)/i.test(sql)) {
        statements.push({ sql, bindings: [...bindings] });
      }
    };
    db.on('query', listen);
    const times: number[] = [];
    for (let n = 0; n < 5; n++) {
      const began = performance.now();
      await replica.look();
      await replica.send();
      times.push(performance.now() - began);
    }
    db.removeListener('query', listen);

    const perLook = statements.length / times.length;
    expect(perLook).toBeLessThan(20);
    for (const { bindings, sql } of statements.slice(0, perLook)) {
      const plan = await explain(db, sql, bindings);
      for (const table of LARGE) {
        expect(plan).not.toMatch(new RegExp(`Seq Scan on ${table}\\b`));
      }
    }
    expect(Math.min(...times)).toBeLessThan(150);

    // And what happens among them is told.
    await test.testReadiness('payments', { verdict: 'fail' });
    await replica.look();
    await replica.send();
    expect(test.notifications.takeTitles()).toEqual([
      'payments: the readiness test fails',
    ]);
  });
});

/** Services in all states, and records, of which all has been noted. */
async function fill(db: Knex) {
  const [status] = await db('service_status').limit(1);
  const [service] = await db('services').limit(1);
  const columns = Object.keys(status).filter(
    name =>
      ![
        'service_id',
        'entity_ref',
        'settled_until',
        'backlog_rank',
        'backlog_due_at',
        'backlog_warn_at',
      ].includes(name) && !name.startsWith('noted_'),
  );
  await db.raw(
    `insert into services (entity_ref, title, search_text, policy_id,
       annotations, content_hash)
     select 'component:default/service-' || n, 'Service ' || n, '', 'all',
       '{}', '' from generate_series(1, ?) n`,
    [SERVICES],
  );
  await db.raw(
    `insert into service_status
       (service_id, entity_ref, settled_until, backlog_rank, backlog_due_at,
        backlog_warn_at, noted_backlog_rank, noted_game_day_rank,
        noted_readiness_rank, ${columns})
     select s.id, s.entity_ref, ?::bigint + s.id,
       case s.id % 3 when 0 then 1 when 1 then 5 else 6 end,
       ?::bigint + (s.id % 3 - 1) * 20 * ${DAY_MS}::bigint + s.id,
       ?::bigint + (s.id % 3 - 1) * 20 * ${DAY_MS}::bigint - 5 * ${DAY_MS},
       case s.id % 3 when 0 then 1 when 1 then 5 else 6 end,
       st.game_day_rank, st.readiness_rank,
       ${columns.map(name => `st.${name}`)}
     from services s, service_status st
     where st.service_id = ? and s.id <> ?`,
    [START + 100 * DAY_MS, START, START, service.id, service.id],
  );
  await db.raw(
    `insert into service_owners (service_id, owner_ref, depth)
     select id, ?, 0 from services where id <> ?`,
    [TEAM, service.id],
  );
  const written = `'user:default/ops', ${START}, 'user:default/ops', ${START}`;
  await db.raw(
    `insert into exercises (id, version, kind, title, search_text, state,
       planned_start, planned_end, noted_missed_end, starts_at, ends_at, roles, stop_conditions,
       rollback_tried, prerequisites, plan_hash,
       created_by, created_at, updated_by, updated_at)
     select 'x' || n, 1, 'game-day', 'Rehearsal', '',
       case when n % 10 = 0 then 'planned' else 'held' end,
       ${START} - n * 1000, ${START} - n * 1000 + 1,
       ${START} - n * 1000 + 1, 1, 1, '[]', '[]', false,
       '[]', '', ${written} from generate_series(1, 50000) n`,
  );
  await db.raw(
    `insert into findings (id, version, service_id, origin_kind, severity,
       severity_rank, text, search_text, retest_by, noted_retest_by,
       submission_key,
       submission_hash, created_by, created_at, updated_by, updated_at)
     select 'f' || n, 1, ?, 'game-day', 'low', 3, 'Late', 'late',
       ${START} - n * 1000, ${START} - n * 1000, n, '', ${written} from generate_series(1, 50000) n`,
    [service.id],
  );
  await db.raw(
    `insert into waivers (id, service_id, measure, reason, approver,
       created_at, until, noted_stage)
     select 'w' || n, s.id, 'backlog', '', '', 1, ${START} - n * 1000, 'ended'
     from generate_series(1, 50000) n, services s
     where s.entity_ref = 'component:default/service-' || n`,
  );
  await db.raw(
    `insert into improvements (id, service_id, title, description, filed_by,
       submission_key, submission_hash, created_at, source_id, scope_key,
       container, all_of, delivery_state, next_attempt_at, external_id,
       noted_stage)
     select 'i' || n, ?, 'Retry', '', 'user:default/ops', n, '', 1,
       'tracker:test', '', '', '[]', 'filed', 0, 'i' || n, 'gone'
     from generate_series(1, 20000) n`,
    [service.id],
  );
  await db.raw(
    `insert into announcements (kind, subject, due_at, facts, state,
       created_at, expires_at, next_attempt_at, ended_at)
     select 'overdue', 'service/' || n || '/backlog', n, '{}', 'sent',
       ${START}, ${START} + 1, 0, ${START} from generate_series(1, 50000) n`,
  );
}

async function explain(
  db: Knex,
  sql: string,
  bindings: Knex.RawBinding[],
): Promise<string> {
  // Bound variables have been numbered by now.
  const { rows } = await db.client
    .acquireConnection()
    .then(async (connection: Connection) => {
      try {
        return await connection.query(`explain ${sql}`, bindings);
      } finally {
        await db.client.releaseConnection(connection);
      }
    });
  return rows
    .map((row: Record<string, string>) => row['QUERY PLAN'])
    .join('\n');
}

interface Connection {
  query(
    sql: string,
    bindings: Knex.RawBinding[],
  ): Promise<{ rows: Record<string, string>[] }>;
}
