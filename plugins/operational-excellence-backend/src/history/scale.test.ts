import { TestDatabases } from '@backstage/backend-test-utils';
import { DAY_MS } from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import { COUNTS_WHILE_OPEN } from '../tickets/ticketRows';
import { POLICY, START, TestHistory } from './__testUtils__/TestHistory';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

/** Enough that a plan that searches is not the cheaper one. */
const SERVICES = 20_000;
const TICKETS = 60_000;
const DAYS = 365;

/** Teams, departments and so on: each service belongs to one of each. */
const OWNERS = [400, 80, 16, 4, 1];
const TEAM = 'group:default/level-0-7';

jest.setTimeout(600_000);

describe.each(databases.eachSupportedId())('history on %s', databaseId => {
  let db: Knex;
  let test: TestHistory;

  beforeAll(async () => {
    db = await databases.init(databaseId);
    test = await TestHistory.create(db);
    await test.addService('payments');
    await test.settleIn();
    await fill(db);
    await db.raw('vacuum analyze');
  });

  it('of many services is taken while they are written', async () => {
    let isTaken = false;
    const taking = test.take().finally(() => {
      isTaken = true;
    });
    const waits: number[] = [];
    for (let id = 2; !isTaken; id += 1) {
      const began = performance.now();
      await db('service_status')
        .where({ service_id: id })
        .update({ backlog_opened_30d: id });
      waits.push(performance.now() - began);
    }
    expect(await taking).toBe(true);
    // One at a time, and none of them had to wait until all was taken.
    expect(waits.length).toBeGreaterThan(50);

    const points = (await test.history())?.points;
    expect(points).toMatchObject([
      { services: SERVICES + 1, openCount: TICKETS },
    ]);
    const ofTeam = await test.history({ by: 'owner', key: TEAM });
    expect(ofTeam?.points).toMatchObject([
      {
        services: SERVICES / OWNERS[0],
        openCount: TICKETS / OWNERS[0],
        oldestCreatedAt: expect.any(String),
        medianCreatedAt: expect.any(String),
      },
    ]);
  });

  it('is written only where something changed', async () => {
    test.pass(1);
    await db.raw(
      `update service_status set readiness_required = false
       where service_id % 100 = 0`,
    );
    await test.take();
    const [{ day }] = await db('observed_days').orderBy('day', 'desc');
    const [{ count }] = await db('service_points')
      .where({ day })
      .count({ count: '*' });
    expect(Number(count)).toBe(SERVICES / 100);
  });

  it('of a year is looked up, not searched for', async () => {
    await fillYear(db);
    await db.raw('vacuum analyze');
    const statements: { sql: string; bindings: Knex.RawBinding[] }[] = [];
    const listen = ({ bindings, sql }: Knex.Sql) => {
      statements.push({ sql, bindings: [...bindings] });
    };
    db.on('query', listen);
    const year = { from: test.day(DAYS), to: test.day() };
    const group = await test.history({ by: 'owner', key: TEAM, ...year });
    const service = await test.history({
      by: 'service',
      key: 'component:default/service-99',
      ...year,
    });
    const movers = await test.movers({ by: 'owner', days: DAYS });
    db.removeListener('query', listen);

    expect(group?.points).toHaveLength(DAYS + 1);
    expect(service?.points).toHaveLength(DAYS + 1);
    expect(movers.improved.length).toBeGreaterThan(0);
    expect(statements.length).toBeLessThan(15);
    for (const { bindings, sql } of statements) {
      const plan = await explain(db, sql, bindings);
      expect(plan).not.toMatch(/Seq Scan on (service|group)_points\b/);
    }
  });
});

/** Services with open improvements, whose owners are five deep. */
async function fill(db: Knex) {
  const [status] = await db('service_status').limit(1);
  const copied = Object.keys(status).filter(
    name =>
      !['service_id', 'entity_ref', 'tier', 'backlog_open_count'].includes(
        name,
      ),
  );
  await db.raw(
    `insert into services (entity_ref, title, search_text, policy_id,
       annotations, content_hash)
     select 'component:default/service-' || n, 'Service ' || n, '', ?, '{}', ''
     from generate_series(1, ?) n`,
    [POLICY.id, SERVICES],
  );
  await db.raw(
    `insert into service_status (service_id, entity_ref, tier,
       backlog_open_count, ${copied.join(', ')})
     select s.id, s.entity_ref, s.id % 4, ?,
       ${copied.map(name => `st.${name}`).join(', ')}
     from services s, service_status st where s.id <> st.service_id`,
    [TICKETS / SERVICES],
  );
  for (const [level, owners] of OWNERS.entries()) {
    await db.raw(
      `insert into owned_services (owner_ref, service_id, state_rank)
       select 'group:default/level-${level}-' || service_id % ${owners},
         service_id, state_rank
       from service_status where entity_ref <> 'component:default/payments'`,
    );
  }
  await db.raw(
    `insert into tickets (source_id, external_id, scope_id, container, facets,
       key, title, state, improvement, created_at, updated_at, labels,
       counts_until)
     select 'tracker:test', n, 1, '', '[]', '', 'Ticket ' || n, 'open', true,
       ${START - 300 * DAY_MS}::bigint + n * 1000, 1, '[]',
       ${COUNTS_WHILE_OPEN}
     from generate_series(1, ?) n`,
    [TICKETS],
  );
  await db.raw(
    `insert into ticket_matches (service_id, ticket_id, counts_until)
     select s.id, t.id, t.counts_until
     from tickets t join services s on s.id = 2 + t.id % ?`,
    [SERVICES],
  );
}

/** A year before what was taken, in which something changed each day. */
async function fillYear(db: Knex) {
  const days = await db('observed_days').orderBy('day').pluck('day');
  const [first] = days;
  const past = `generate_series(1, ${DAYS - 1}) ago`;
  await db.raw(
    `insert into observed_days (day, recorded, taken_at, stage, after_service,
       finished_at)
     select ? - ago, true, 0, 'finished', 0, 1 from ${past}`,
    [first],
  );
  for (const [table, condition] of [
    ['group_points', 'true'],
    ['service_points', 'service_id % 100 = 0'],
  ]) {
    const columns = Object.keys(
      (await db(table).columnInfo()) as object,
    ).filter(name => name !== 'day');
    await db.raw(
      `insert into ${table} (day, ${columns.join(', ')})
       select day - ago, ${columns.join(', ')}
       from ${table}, ${past} where day = ? and ${condition}`,
      [first],
    );
  }
}

async function explain(
  db: Knex,
  sql: string,
  bindings: Knex.RawBinding[],
): Promise<string> {
  // Bound variables have been numbered by now.
  const connection: Connection = await db.client.acquireConnection();
  try {
    const { rows } = await connection.query(`explain ${sql}`, bindings);
    return rows.map(row => row['QUERY PLAN']).join('\n');
  } finally {
    await db.client.releaseConnection(connection);
  }
}

interface Connection {
  query(
    sql: string,
    bindings: Knex.RawBinding[],
  ): Promise<{ rows: Record<string, string>[] }>;
}
