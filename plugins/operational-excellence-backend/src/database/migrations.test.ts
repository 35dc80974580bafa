import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { DAY_MS } from 'backstage-plugin-operational-excellence-common';
import { Knex } from 'knex';
import {
  testExperiment,
  testTicket,
  TestStore,
} from './__testUtils__/TestStore';
import { ExperimentStore } from '../experiments';
import { GuardrailStore } from '../guardrails';
import { ReadinessTestService } from '../readiness';
import { FIGURE_COLUMNS } from '../rollups/figureColumns';
import { CELL_COLUMNS } from '../rollups/groupCounts';
import { ScopeGroups, StatusUpdater } from '../status';
import { TaskTurns } from '../tasks/TaskTurns';
import { TicketStore } from '../tickets';
import { WaiverService } from '../waivers';
import { applyMigrations } from './applyMigrations';
import { isPostgres, queryRows } from './sql';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const directory = resolvePackagePath(
  'backstage-plugin-operational-excellence-backend',
  'migrations',
);

/** Each test creates a database and all of its tables. */
jest.setTimeout(60_000);

async function tablesOf(db: Knex): Promise<string[]> {
  const tables = await queryRows<{ name: string }>(
    db,
    isPostgres(db)
      ? 'select tablename as name from pg_tables where schemaname = current_schema()'
      : `select name from sqlite_master where type = 'table' and name not like 'sqlite_%'`,
  );
  return (
    tables
      .map(({ name }) => name)
      .filter(name => !name.startsWith('knex_migrations'))
      // What SQLite keeps for the search of words; gone with its virtual table.
      .filter(name => !name.startsWith('finding_words_'))
      .sort()
  );
}

/** A row in every table. */
async function fill(db: Knex) {
  const store = await TestStore.create(db);
  const tracker = await store.addScope({ key: 'a', lastSuccessAt: 1 });
  const fis = await store.addScope({ key: 'b', kind: 'experiment' });
  const service = await store.addService({ name: 'a', owners: ['group:x/y'] });
  await store.nameScope(service, tracker);
  await db('related_entities').insert({ entity_ref: 'group:x/y', title: 'Y' });
  await db('experiment_matchers').insert({
    service_id: service,
    source_id: 'tracker:test',
    lookup: 'template:EXT1',
    tags: '{}',
  });
  await db('service_problems').insert({
    service_id: service,
    source_id: 'other',
    measure: 'backlog',
    message: 'Unreadable',
  });
  await db('settings').insert({ key: 'policies', value: 'hash' });
  await db('task_turns').insert({ task: 'refresh', held_until: 1, next_at: 2 });
  const status = StatusUpdater.create({
    policies: [],
    experimentSourceIds: ['tracker:test'],
  });
  await db.transaction(async tx => {
    await ScopeGroups.create().setExperimentScopes(tx, [fis]);
    await TicketStore.create().storePage(tx, {
      sourceId: 'tracker:test',
      scopeId: tracker,
      tickets: [testTicket({ externalId: '1' })],
    });
    await ExperimentStore.create().storePage(tx, {
      sourceId: 'tracker:test',
      scopeId: fis,
      experiments: [testExperiment({ externalId: '1', templateId: 'EXT1' })],
    });
    await status.recompute(tx, [service]);
  });
  await TaskTurns.create({ db, leaseMs: 1_000 }).take(
    'sweep',
    { everyMs: 0, signal: new AbortController().signal },
    async () => {},
  );
  const entityRef = 'component:default/a';
  await ReadinessTestService.create({ db, status }).record({
    entityRef,
    template: 'production-readiness',
    performedAt: 1,
    performedBy: null,
    verdict: 'pass',
    validUntil: null,
    summary: null,
  });
  await WaiverService.create({ db, status, now: () => 1 }).grant({
    entityRef,
    measure: 'gameDay',
    reason: 'Being replaced',
    approver: 'user:default/ops',
    until: 2,
  });
  await db('improvements').insert({
    id: 'improvement',
    service_id: service,
    title: 'Retry',
    description: '',
    filed_by: 'user:default/ops',
    submission_key: 'key',
    submission_hash: 'hash',
    created_at: 1,
    source_id: 'tracker:test',
    scope_key: 'a',
    container: 'main',
    all_of: '[]',
    delivery_state: 'queued',
    next_attempt_at: 1,
  });
  await db('evaluations').insert({
    id: 'evaluation',
    improvement_id: 'improvement',
    verdict: 'met',
    evidence: '[]',
    evaluated_by: 'user:default/ops',
    evaluated_at: 2,
    done_at: 1,
  });
  await fillExercises(db, service);
  await fillReadiness(db, service);
  await fillPolicies(db, service);
  await fillHistory(db, service);
  await fillRollups(db, service);
  await fillInitiatives(db, service);
  await db('announcements').insert({
    kind: 'overdue',
    subject: 'service/1/backlog',
    due_at: 1,
    facts: '{}',
    state: 'queued',
    created_at: 1,
    expires_at: 2,
    next_attempt_at: 0,
  });
  await db.transaction(tx =>
    GuardrailStore.create().storePage(tx, {
      sourceId: 'tracker:test',
      scopeId: fis,
      templates: [
        {
          externalId: 'EXT1',
          title: 'Loss of a zone',
          url: null,
          accountId: '123456789012',
          region: 'eu-west-1',
          revision: '1',
          stopConditions: [],
          logConfigured: false,
          tags: {},
          entityRefs: [],
        },
      ],
      unchanged: [],
      safetyLever: {
        accountId: '123456789012',
        region: 'eu-west-1',
        state: 'disengaged',
        reason: null,
      },
    }),
  );
}

async function fillInitiatives(db: Knex, service: number) {
  await db('initiatives').insert({
    id: 'initiative',
    version: 1,
    title: 'A game day for each',
    filter: '{}',
    goal: '{"kind":"in-order","measure":"gameDay"}',
    due_on: '2026-12-31',
    ends_at: 2,
    created_by: 'user:x/y',
    created_at: 1,
    updated_by: 'user:x/y',
    updated_at: 1,
    submission_key: 'key',
    submission_hash: '',
    next_reminder_at: 1,
  });
  await db('initiative_results').insert({
    initiative_sequence: 1,
    service_id: service,
    standing: 'left',
  });
  await db('saved_views').insert({
    id: 'view',
    title: 'Tier 1',
    search: 'tier=1',
    shared: true,
    created_by: 'user:x/y',
    created_at: 1,
  });
}

async function fillRollups(db: Knex, service: number) {
  const figures = Object.fromEntries(
    FIGURE_COLUMNS.map(column => [column, 1] as const),
  );
  await db('rollups').insert({
    dimension: 'all',
    group_key: '',
    ...figures,
  });
  await db('counted_services').insert({
    service_id: service,
    ...Object.fromEntries(CELL_COLUMNS.map(column => [column, 1] as const)),
    owners: '[]',
  });
  await db('rollup_changes').insert({ service_id: service });
}

async function fillHistory(db: Knex, service: number) {
  const day = 20_000;
  const figures = {
    open_count: 1,
    starved: 0,
    closed_90d: 1,
    all_closed_90d: 2,
    game_days_held: 0,
    tests_passed: 0,
  };
  const ranks = {
    state_rank: 0,
    backlog_rank: 1,
    game_day_rank: 2,
    readiness_rank: 0,
  };
  await db('observed_days').insert({
    day,
    recorded: false,
    taken_at: 1,
    stage: 'services',
    after_service: 0,
  });
  await db('service_points').insert({
    service_id: service,
    day,
    ...ranks,
    ...figures,
  });
  await db('group_points').insert({
    dimension: 'all',
    key: '',
    day,
    services: 1,
    attention: 1,
    states: '{}',
    ...figures,
  });
  await db('counted_events').insert({
    kind: 'game-day',
    event_id: 'exercise',
    service_id: service,
    happened_at: 1,
    day,
  });
  await db('taken_services').insert({
    service_id: service,
    ...ranks,
    ...figures,
  });
  await db('taken_backlogs').insert({ service_id: service, created_at: 1 });
}

async function fillPolicies(db: Knex, service: number) {
  await db('policy_previews').insert({
    id: 'preview',
    state: 'running',
    policies: '[]',
    created_by: 'user:default/ops',
    created_at: 1,
    after_id: 0,
    services: 0,
    changed: 0,
    changes: '[]',
    attempts: 0,
    next_attempt_at: 0,
  });
  await db('policy_preview_services').insert({
    preview_id: 'preview',
    service_id: service,
    entity_ref: 'component:default/a',
    title: 'a',
    ...Object.fromEntries(
      ['service', 'backlog', 'game_day', 'readiness'].flatMap(of => [
        [`${of}_from`, 'ok'],
        [`${of}_to`, 'overdue'],
      ]),
    ),
  });
}

async function fillReadiness(db: Knex, service: number) {
  const by = 'user:default/ops';
  const revision = { template: 'production-readiness', revision: 'a1' };
  await db('readiness_templates').insert({
    id: revision.template,
    revision: revision.revision,
    source: 'built-in',
    read_at: 1,
  });
  await db('readiness_template_revisions').insert({
    ...revision,
    version: '1.0',
    title: 'Production readiness',
    content: '{}',
  });
  await db('readiness_template_problems').insert({
    source: './broken.yaml',
    message: 'line 1, column 1: title: expected string; got nothing',
    read_at: 1,
  });
  await db('readiness_runs').insert({
    id: 'run',
    service_id: service,
    ...revision,
    item_ids: '["alarms"]',
    item_count: 1,
    state: 'open',
    version: 1,
    started_at: 1,
    started_by: by,
    listed_at: 1,
    updated_at: 1,
  });
  await db('readiness_answers').insert({
    run_id: 'run',
    item_id: 'alarms',
    version: 1,
    value: 'yes',
    evidence: '[]',
    answered_by: by,
    answered_at: 1,
  });
}

async function fillExercises(db: Knex, service: number) {
  const by = 'user:default/ops';
  const written = { created_by: by, created_at: 1 };
  const changed = { ...written, updated_by: by, updated_at: 1, version: 1 };
  await db('environments').insert({
    id: 'environment',
    name: 'rehearsal',
    version: 1,
    kind: 'temporary',
    title: 'Rehearsal',
    owner_ref: by,
    created_at: 1,
    reported_by: by,
  });
  await db('environment_services').insert({
    environment_id: 'environment',
    service_id: service,
  });
  await db('improvement_environments').insert({
    improvement_id: 'improvement',
    environment_id: 'environment',
  });
  await db('exercises').insert({
    id: 'exercise',
    kind: 'game-day',
    title: 'Loss of a zone',
    search_text: 'loss of a zone',
    state: 'planned',
    planned_start: 1,
    planned_end: 2,
    starts_at: 1,
    ends_at: 2,
    roles: '[]',
    stop_conditions: '[]',
    rollback_tried: false,
    prerequisites: '[]',
    environment_id: 'environment',
    plan_hash: 'hash',
    ...changed,
  });
  const exercise = { exercise_id: 'exercise' };
  const experiment = await db('experiments').first('id');
  await db('exercise_services').insert({ ...exercise, service_id: service });
  await db('exercise_experiments').insert({
    ...exercise,
    experiment_id: experiment.id,
    linked_by: 'tag',
  });
  await db('exercise_approvals').insert({
    ...exercise,
    approver: by,
    plan_hash: 'hash',
    decision: 'approved',
    decided_by: by,
    decided_at: 1,
  });
  await db('exercise_log').insert({
    ...exercise,
    id: 'entry',
    at: 1,
    by,
    text: 'Began',
    submission_key: 'key',
  });
  await db('calendar_feeds').insert({
    id: 'feed',
    secret_digest: 'digest',
    expires_at: 2,
    ...written,
  });
  await db('findings').insert({
    id: 'finding',
    service_id: service,
    ...exercise,
    origin_kind: 'game-day',
    severity: 'high',
    severity_rank: 1,
    text: 'The alarm came late',
    search_text: 'the alarm came late',
    submission_key: 'key',
    submission_hash: 'hash',
    ...changed,
  });
  await db('finding_tags').insert({ finding_id: 'finding', tag: 'alarms' });
  await db('finding_retests').insert({
    id: 'retest',
    finding_id: 'finding',
    ...exercise,
    tested_at: 2,
    result: 'fixed',
    recorded_by: by,
    recorded_at: 2,
    submission_key: 'key',
  });
}

describe.each(databases.eachSupportedId())('migrations on %s', databaseId => {
  it('go up and down with rows in every table', async () => {
    const db = await databases.init(databaseId);
    await fill(db);
    const tables = await tablesOf(db);
    for (const table of tables) {
      const [{ count }] = await db(table).count({ count: '*' });
      expect([table, Number(count)]).not.toEqual([table, 0]);
    }

    await db.migrate.rollback({ directory }, true);
    expect(await tablesOf(db)).toEqual([]);

    await fill(db);
    expect(await tablesOf(db)).toEqual(tables);
  });

  it('find when improvements of services that are there were last closed', async () => {
    const db = await databases.init(databaseId);
    const store = await TestStore.create(db);
    const scope = await store.addScope({ key: 'a', lastSuccessAt: 1 });
    const service = await store.addService({ name: 'a' });
    const idle = await store.addService({ name: 'b' });
    await store.nameScope(service, scope);
    const done = { state: 'done', createdAt: 1 } as const;
    await db.transaction(tx =>
      TicketStore.create().storePage(tx, {
        sourceId: 'tracker:test',
        scopeId: scope,
        tickets: [
          testTicket({ externalId: '1', ...done, closedAt: 20 }),
          testTicket({ externalId: '2', ...done, closedAt: 10 }),
          testTicket({
            ...done,
            externalId: '3',
            closedAt: 30,
            improvement: false,
          }),
          testTicket({
            ...done,
            externalId: '4',
            closedAt: Date.now() + 1_000_000,
          }),
          testTicket({ externalId: '5' }),
        ],
      }),
    );
    await store.recompute([service, idle]);
    const lastClosings = async () => {
      const rows = await db('service_status').orderBy('service_id');
      return rows.map(row => row.backlog_last_closed_at?.toString());
    };
    expect(await lastClosings()).toEqual(['20', undefined]);

    const name = '20261123110000_time.js';
    await db.migrate.down({ directory, name });
    expect(await lastClosings()).toEqual([undefined, undefined]);
    await db.migrate.up({ directory, name });
    expect(await lastClosings()).toEqual(['20', undefined]);
  });

  it('count what was closed, and all services, of those that are there', async () => {
    const db = await databases.init(databaseId);
    const store = await TestStore.create(db);
    const scope = await store.addScope({ key: 'a', lastSuccessAt: 1 });
    const service = await store.addService({ name: 'a' });
    const idle = await store.addService({ name: 'b' });
    await store.nameScope(service, scope);
    const now = Date.now();
    const closed = (daysAgo: number, improvement: boolean) =>
      testTicket({
        externalId: `${daysAgo}`,
        improvement,
        state: 'done',
        createdAt: 1,
        closedAt: now - daysAgo * DAY_MS,
      });
    await db.transaction(tx =>
      TicketStore.create().storePage(tx, {
        sourceId: 'tracker:test',
        scopeId: scope,
        tickets: [
          closed(1, true),
          closed(2, false),
          closed(91, false),
          closed(-1, false),
          testTicket({ externalId: 'open' }),
        ],
      }),
    );
    await store.recompute([service, idle]);
    const before = await db('service_status').orderBy('service_id');
    expect(before.map(row => row.backlog_all_closed_90d)).toEqual([2, 0]);
    expect(Number(before[0].settled_until)).toBe(now + 89 * DAY_MS);
    await db('service_status').update({ settled_until: null });

    const name = '20261124100000_rollups.js';
    await db.migrate.down({ directory, name });
    await db.migrate.up({ directory, name });
    expect(
      await db('service_status')
        .orderBy('service_id')
        .select('backlog_all_closed_90d', 'settled_until'),
    ).toEqual([
      {
        backlog_all_closed_90d: 2,
        settled_until: before[0].settled_until,
      },
      { backlog_all_closed_90d: 0, settled_until: null },
    ]);
    expect(
      await db('rollup_changes').orderBy('service_id').pluck('service_id'),
    ).toEqual([service, idle]);
  });

  it('list the readiness tests that were put down before', async () => {
    const db = await databases.init(databaseId);
    const store = await TestStore.create(db);
    const service = await store.addService({ name: 'a' });
    const name = '20261123130000_readiness.js';
    await db.migrate.down({ directory, name });
    await db('readiness_tests').insert({
      id: 'old',
      service_id: service,
      template: 'production-readiness',
      performed_at: 5,
      performed_by: 'user:default/ops',
      verdict: 'conditional',
      valid_until: 9,
      summary: 'Almost',
    });
    await db.migrate.up({ directory, name });
    const [run] = await db('readiness_runs');
    expect({ ...run, listed_at: Number(run.listed_at) }).toMatchObject({
      id: 'old',
      service_id: service,
      revision: null,
      state: 'finished',
      verdict: 'conditional',
      listed_at: 5,
      performed_by: 'user:default/ops',
      summary: 'Almost',
    });
    await db.migrate.down({ directory, name });
    expect(await db('readiness_tests').pluck('id')).toEqual(['old']);
    await db.migrate.up({ directory, name });
  });

  it('leave no reminders of initiatives that are gone', async () => {
    const db = await databases.init(databaseId);
    await TestStore.create(db);
    await db('announcements').insert(
      ['initiativeDue', 'overdue'].map(kind => ({
        kind,
        subject: 'what',
        due_at: 1,
        facts: '{}',
        state: 'queued',
        created_at: 1,
        expires_at: 2,
        next_attempt_at: 0,
      })),
    );
    const name = '20261124120000_initiatives.js';
    await db.migrate.down({ directory, name });
    expect(await db('announcements').pluck('kind')).toEqual(['overdue']);
    await db.migrate.up({ directory, name });
  });

  it('run at start, unless they are to be skipped', async () => {
    const db = await databases.init(databaseId);
    const getClient = async () => db;
    await applyMigrations(
      mockServices.database.mock({ getClient, migrations: { skip: true } }),
    );
    expect(await tablesOf(db)).toEqual([]);

    await applyMigrations(mockServices.database.mock({ getClient }));
    expect(await tablesOf(db)).toContain('service_status');
  });
});
