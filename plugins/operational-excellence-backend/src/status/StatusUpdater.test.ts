import { TestDatabases } from '@backstage/backend-test-utils';
import {
  addDuration,
  DAY_MS,
  Policy,
  policySchema,
} from 'backstage-plugin-operational-excellence-common';
import { Ticket } from 'backstage-plugin-operational-excellence-node';
import { Knex } from 'knex';
import {
  testExperiment,
  testTicket,
  TestStore,
} from '../database/__testUtils__/TestStore';
import { ExperimentStore } from '../experiments';
import { ReadinessTestService } from '../readiness';
import { emptyDatabase } from '../sync/__testUtils__/emptyDatabase';
import { TicketStore } from '../tickets';
import { WaiverService } from '../waivers';
import { ScopeGroups } from './ScopeGroups';
import { StatusUpdater } from './StatusUpdater';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const NOW = Date.parse('2026-07-01T00:00:00Z');
const policy: Policy = policySchema.parse({
  id: 'all',
  backlog: { maxAge: 'P90D' },
  gameDay: { every: 'P90D', counts: ['experiment'] },
  readinessTest: { templates: ['a', 'b'], every: 'P1Y', warnBefore: 'P1M' },
});
const withoutExperiments: Policy = policySchema.parse({
  id: 'exercises',
  gameDay: { every: 'P90D', counts: ['game-day'] },
});
const entityRef = 'component:default/payments';

describe.each(databases.eachSupportedId())('StatusUpdater on %s', id => {
  let db: Knex;
  let store: TestStore;
  let tracker: number;
  let fis: number;
  let service: number;

  beforeAll(async () => {
    db = await databases.init(id);
  });

  beforeEach(async () => {
    await emptyDatabase(db);
    store = await TestStore.create(db);
    tracker = await store.addScope({ key: 'a', lastSuccessAt: NOW });
    fis = await store.addScope({
      key: 'b',
      sourceId: 'fis',
      kind: 'experiment',
      lastSuccessAt: NOW,
    });
    service = await store.addService({ name: 'payments', policy: 'all' });
  });

  const updater = (experimentSourceIds = ['fis'], now = NOW) =>
    StatusUpdater.create({
      policies: [policy, withoutExperiments],
      experimentSourceIds,
      now: () => now,
    });

  const stored = async () => {
    const row = await db('service_status')
      .where({ service_id: service })
      .first();
    return (
      row &&
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => {
          if (/_required$|_configured$|_failing$|_happened$/.test(name)) {
            return [name, Boolean(value)];
          }
          const isInstant = /_at$|_until$/.test(name) && value !== null;
          return [name, isInstant ? Number(value) : value];
        }),
      )
    );
  };

  const recomputed = async (status = updater()) => {
    await db.transaction(tx => status.recompute(tx, [service]));
    return stored();
  };

  /** The status once it was recomputed, instants as numbers. */
  const storeTickets = (...tickets: Ticket[]) =>
    db.transaction(tx =>
      TicketStore.create().storePage(tx, {
        sourceId: 'tracker:test',
        scopeId: tracker,
        tickets,
      }),
    );

  const storeExperiments = (
    ...experiments: Parameters<typeof testExperiment>[0][]
  ) =>
    db.transaction(tx =>
      ExperimentStore.create().storePage(tx, {
        sourceId: 'fis',
        scopeId: fis,
        experiments: experiments.map(experiment =>
          testExperiment({ entityRefs: [entityRef], ...experiment }),
        ),
      }),
    );

  const addProblem = (sourceId: string, measure: string) =>
    db('service_problems').insert({
      service_id: service,
      source_id: sourceId,
      measure,
      message: `${sourceId} cannot be read`,
    });

  describe('backlog', () => {
    it('is due when its oldest improvement has waited too long', async () => {
      await store.nameScope(service, tracker);
      const createdAt = NOW - 10 * DAY_MS;
      await storeTickets(
        testTicket({ externalId: '1', createdAt }),
        testTicket({ externalId: '2', createdAt: NOW - 5 * DAY_MS }),
        testTicket({ externalId: '3', createdAt: 0, improvement: false }),
      );
      expect(await recomputed()).toMatchObject({
        backlog_required: true,
        backlog_configured: true,
        backlog_open_count: 2,
        backlog_oldest_created_at: createdAt,
        backlog_due_at: createdAt + 90 * DAY_MS,
        backlog_warn_at: createdAt + 76 * DAY_MS,
        backlog_valid_until: createdAt + 30 * DAY_MS,
      });
    });

    it('is not due while nothing waits', async () => {
      await store.nameScope(service, tracker);
      expect(await recomputed()).toMatchObject({
        backlog_configured: true,
        backlog_due_at: null,
        backlog_warn_at: null,
        backlog_valid_until: null,
      });
    });

    it('is configured by an implicit scope once a ticket matches', async () => {
      await store.nameScope(service, tracker, { implicit: true });
      expect(await recomputed()).toMatchObject({
        backlog_configured: false,
        backlog_scope_group: null,
      });
      expect(await storeTickets(testTicket({ externalId: '1' }))).toEqual([
        service,
      ]);
      const group = await db.transaction(tx =>
        ScopeGroups.create().groupFor(tx, [tracker]),
      );
      expect(await recomputed()).toMatchObject({
        backlog_configured: true,
        backlog_scope_group: group,
      });
    });

    it('depends on all scopes that it is configured by', async () => {
      const other = await store.addScope({ key: 'other' });
      const unmatched = await store.addScope({ key: 'unmatched' });
      await store.nameScope(service, tracker);
      await store.nameScope(service, other, { allOf: ['x'] });
      await store.nameScope(service, other, { allOf: ['y'] });
      await store.nameScope(service, unmatched, { implicit: true });
      const group = await db.transaction(tx =>
        ScopeGroups.create().groupFor(tx, [tracker, other]),
      );
      expect(await recomputed()).toMatchObject({ backlog_scope_group: group });
    });

    it('tells of annotations that cannot be read', async () => {
      await addProblem('tracker:b', 'backlog');
      await addProblem('tracker:a', 'backlog');
      await addProblem('fis', 'gameDay');
      expect(await recomputed()).toMatchObject({
        backlog_configured: false,
        backlog_problem: 'tracker:a cannot be read; tracker:b cannot be read',
        game_day_problem: 'fis cannot be read',
      });
    });

    it('goes on where another source can be read', async () => {
      await store.nameScope(service, tracker);
      await addProblem('tracker:b', 'backlog');
      expect(await recomputed()).toMatchObject({
        backlog_configured: true,
        backlog_problem: 'tracker:b cannot be read',
      });
    });
  });

  describe('game day', () => {
    it('is the newest experiment that counts', async () => {
      await storeExperiments(
        { externalId: 'A', startedAt: NOW - 9 },
        { externalId: 'B', startedAt: NOW - 5, state: 'stopped', title: 'AZ' },
        { externalId: 'C', startedAt: NOW - 5, state: 'completed' },
        { externalId: 'D', startedAt: NOW - 1, state: 'running' },
        { externalId: 'E', startedAt: NOW - 1, entityRefs: [] },
      );
      const group = await db.transaction(tx =>
        ScopeGroups.create().groupFor(tx, [fis]),
      );
      expect(await recomputed()).toMatchObject({
        game_day_configured: true,
        game_day_last_held_at: NOW - 5,
        game_day_last_kind: 'experiment',
        game_day_last_id: 'C',
        game_day_last_title: 'Experiment C',
        game_day_last_outcome: 'completed',
        game_day_due_at: NOW - 5 + 90 * DAY_MS,
        game_day_scope_group: group,
        game_day_all_scope_group: 'experiments',
      });
    });

    it('needs a connected source whose annotation can be read', async () => {
      const configured = async (...sources: string[]) =>
        (await recomputed(updater(sources))).game_day_configured;
      expect(await configured()).toBe(false);
      expect(await configured('fis')).toBe(true);
      await addProblem('fis', 'gameDay');
      expect(await configured('fis')).toBe(false);
      expect(await configured('fis', 'other')).toBe(true);
    });

    it('needs none where there is evidence', async () => {
      await addProblem('fis', 'gameDay');
      await storeExperiments({ externalId: 'A' });
      expect(await recomputed(updater([]))).toMatchObject({
        game_day_configured: true,
        game_day_all_scope_group: null,
        game_day_last_id: 'A',
      });
    });

    it('is none of a kind that the policy does not count', async () => {
      await db('services').update({ policy_id: 'exercises' });
      await storeExperiments({ externalId: 'A' });
      expect(await recomputed()).toMatchObject({
        game_day_required: true,
        game_day_configured: false,
        game_day_all_scope_group: null,
        game_day_last_held_at: null,
      });
    });

    it('stays believed when its scope is no longer read', async () => {
      await storeExperiments({ externalId: 'A' });
      const groups = ScopeGroups.create();
      await db.transaction(tx => groups.setExperimentScopes(tx, [fis]));
      expect((await recomputed()).game_day_scope_group).not.toBeNull();

      await db('scopes').where({ id: fis }).update({ active: false });
      await db.transaction(tx => groups.setExperimentScopes(tx, []));
      expect((await stored()).game_day_scope_group).toBeNull();
      expect((await recomputed()).game_day_scope_group).toBeNull();
    });
  });

  describe('readiness test', () => {
    const record = (test: {
      template: string;
      performedAt: number;
      verdict?: 'pass' | 'conditional' | 'fail';
      validUntil?: number;
    }) =>
      ReadinessTestService.create({ db, status: updater() }).record({
        entityRef,
        performedBy: null,
        summary: null,
        verdict: 'pass',
        validUntil: null,
        ...test,
      });

    it('follows at once from the newest test of each template', async () => {
      await record({ template: 'a', performedAt: NOW - 5, verdict: 'fail' });
      expect(await stored()).toMatchObject({
        readiness_required: true,
        readiness_failing: true,
        readiness_happened: false,
        readiness_missing_templates: '["b"]',
        readiness_verdict: 'fail',
        readiness_template: 'a',
      });

      await record({
        template: 'a',
        performedAt: NOW - 4,
        validUntil: NOW + 9,
      });
      await record({ template: 'a', performedAt: NOW - 6, verdict: 'fail' });
      await record({ template: 'b', performedAt: NOW - 8 });
      await record({ template: 'c', performedAt: NOW - 1, verdict: 'fail' });
      expect(await stored()).toMatchObject({
        readiness_failing: false,
        readiness_happened: true,
        readiness_missing_templates: '[]',
        readiness_template: 'a',
        readiness_last_performed_at: NOW - 4,
        readiness_due_at: NOW + 9,
      });
    });

    it('expires as the policy says', async () => {
      await record({ template: 'a', performedAt: NOW });
      await record({ template: 'b', performedAt: NOW });
      const dueAt = addDuration(NOW, 'P1Y');
      expect(await stored()).toMatchObject({
        readiness_due_at: dueAt,
        readiness_warn_at: addDuration(NOW, 'P11M'),
      });
    });

    it('is refused for a service that is not known', async () => {
      await db('services').update({ removed_at: NOW });
      await expect(record({ template: 'a', performedAt: NOW })).rejects.toThrow(
        'There is no service component:default/payments',
      );
      expect(await db('readiness_tests').select()).toEqual([]);
    });
  });

  describe('the last closing of an improvement', () => {
    const lastClosing = async () => {
      const { backlog_last_closed_at: at } = await stored();
      return at === null ? null : Number(at);
    };
    const DAY = 86_400_000;
    const done = (externalId: string, days: number, improvement = true) =>
      testTicket({
        externalId,
        improvement,
        state: 'done',
        createdAt: NOW - 400 * DAY,
        closedAt: NOW - days * DAY,
      });

    it('is kept however long ago it was', async () => {
      await store.nameScope(service, tracker);
      await storeTickets(
        done('1', 300),
        done('2', 200),
        done('3', 150, false),
        done('4', 20, false),
      );
      await recomputed();
      expect(await lastClosing()).toBe(NOW - 200 * DAY);

      await storeTickets(done('5', 10));
      await recomputed();
      expect(await lastClosing()).toBe(NOW - 10 * DAY);
    });

    it('follows a ticket that is reopened, or is an improvement no more', async () => {
      await store.nameScope(service, tracker);
      await storeTickets(done('1', 300), done('2', 200));
      await storeTickets({ ...done('2', 200, false), updatedAt: 2_000 });
      await recomputed();
      expect(await lastClosing()).toBe(NOW - 300 * DAY);

      await storeTickets(testTicket({ externalId: '1', updatedAt: 2_000 }));
      await recomputed();
      expect(await lastClosing()).toBeNull();
    });
  });

  describe('waivers', () => {
    const waivers = () =>
      WaiverService.create({ db, status: updater(), now: () => NOW });
    const grant = (until: number) =>
      waivers().grant({
        entityRef,
        measure: 'gameDay',
        reason: 'Being replaced',
        approver: 'user:default/ops',
        until,
      });

    it('hold until the last of them ends, or is revoked', async () => {
      const long = await grant(NOW + 9);
      await grant(NOW + 5);
      expect(await stored()).toMatchObject({
        game_day_waived_until: NOW + 9,
        backlog_waived_until: null,
        readiness_waived_until: null,
      });
      await waivers().revoke(long, { revokedBy: 'user:default/ops' });
      expect(await stored()).toMatchObject({ game_day_waived_until: NOW + 5 });
    });

    it('must end in the future', async () => {
      await expect(grant(NOW)).rejects.toThrow(
        'A waiver must end in the future; it would end 2026-07-01T00:00:00.000Z',
      );
    });

    it('cannot be revoked where there is none', async () => {
      const by = { revokedBy: 'user:default/ops' };
      await expect(waivers().revoke('nope', by)).rejects.toThrow(
        'There is no waiver nope',
      );
    });
  });

  it('requires nothing of a service that no policy matches', async () => {
    await db('services').update({ policy_id: null });
    await store.nameScope(service, tracker);
    await storeTickets(testTicket({ externalId: '1' }));
    await storeExperiments({ externalId: 'A' });
    expect(await recomputed()).toMatchObject({
      backlog_required: false,
      backlog_open_count: 1,
      backlog_due_at: null,
      game_day_required: false,
      game_day_last_id: 'A',
      game_day_due_at: null,
      readiness_required: false,
    });
  });

  it('takes the status from a removed service, and gives it back', async () => {
    await db('service_owners').insert([
      { service_id: service, owner_ref: 'group:default/a', depth: 0 },
    ]);
    await store.nameScope(service, tracker);
    await storeTickets(testTicket({ externalId: '1' }));
    expect(await recomputed()).toMatchObject({ backlog_open_count: 1 });
    expect(await db('owned_services').select()).toHaveLength(1);

    await db('services').update({ removed_at: NOW });
    expect(await recomputed()).toBeUndefined();
    expect(await db('owned_services').select()).toEqual([]);

    await db('services').update({ removed_at: null });
    expect(await recomputed()).toMatchObject({ backlog_open_count: 1 });
  });

  it('follows the owners of a service', async () => {
    const own = async (...owners: string[]) => {
      await db('service_owners').delete();
      for (const owner of owners) {
        await db('service_owners').insert({
          service_id: service,
          owner_ref: owner,
          depth: 0,
        });
      }
      await recomputed();
      return db('owned_services').orderBy('owner_ref').pluck('owner_ref');
    };
    expect(await own('group:a/a', 'group:a/b')).toEqual([
      'group:a/a',
      'group:a/b',
    ]);
    expect(await own('group:a/b', 'group:a/c')).toEqual([
      'group:a/b',
      'group:a/c',
    ]);
  });

  it('recomputes what time has changed, and nothing else', async () => {
    await store.nameScope(service, tracker);
    await storeTickets(testTicket({ externalId: '1', createdAt: NOW - 1 }));
    await recomputed();
    expect(await updater().recomputeExpired(db, 10)).toBe(0);

    const later = NOW - 1 + 30 * DAY_MS;
    expect(await updater(['fis'], later).recomputeExpired(db, 10)).toBe(1);
    expect(await stored()).toMatchObject({
      backlog_opened_30d: 0,
      backlog_opened_90d: 1,
    });
    expect(await updater(['fis'], later).recomputeExpired(db, 10)).toBe(0);

    // From a warning on, another state.
    const warned = NOW - 1 + 76 * DAY_MS;
    expect(await updater(['fis'], warned).recomputeExpired(db, 10)).toBe(1);
    expect(await updater(['fis'], warned).recomputeExpired(db, 10)).toBe(0);
  });

  it('recomputes no more at once than it was told to', async () => {
    for (let n = 0; n < 3; n++) await store.addService({ name: `s${n}` });
    await updater().recomputeAll(db);
    await db('service_status').update({ settled_until: 1 });
    expect(await updater().recomputeExpired(db, 3)).toBe(3);
    expect(await updater().recomputeExpired(db, 3)).toBe(1);
  });

  it('recomputes all services in batches, until it is told to stop', async () => {
    for (let n = 0; n < 250; n++) await store.addService({ name: `s${n}` });
    const abort = new AbortController();
    abort.abort();
    await updater().recomputeAll(db, { signal: abort.signal });
    expect(await db('service_status').pluck('service_id')).toEqual([]);

    await updater().recomputeAll(db);
    expect(await db('service_status').pluck('service_id')).toHaveLength(251);
  });

  it('takes the same few statements for 2 services as for 200', async () => {
    const ids = [service];
    for (let n = 0; n < 199; n++) {
      ids.push(await store.addService({ name: `s${n}`, policy: 'all' }));
    }
    for (const each of ids) await store.nameScope(each, tracker);
    await storeTickets(testTicket({ externalId: '1' }));
    await updater().recomputeAll(db);

    const count = async (serviceIds: number[]) => {
      let statements = 0;
      const onQuery = () => (statements += 1);
      db.on('query', onQuery);
      await db.transaction(tx => updater().recompute(tx, serviceIds));
      db.removeListener('query', onQuery);
      return statements;
    };
    expect(await count(ids)).toBe(await count(ids.slice(0, 2)));
  });

  it('reads what another transaction has changed meanwhile', async () => {
    // SQLite has one writer: the second one waits for its connection.
    await store.nameScope(service, tracker);
    const other = await store.addScope({ key: 'other', lastSuccessAt: NOW });
    await store.nameScope(service, other);
    const storeAndRecompute = (scopeId: number, externalId: string) =>
      db.transaction(async tx => {
        const touched = await TicketStore.create().storePage(tx, {
          sourceId: 'tracker:test',
          scopeId,
          tickets: [testTicket({ externalId })],
        });
        await updater().recompute(tx, touched);
      });
    for (let n = 0; n < 10; n++) {
      await Promise.all([
        storeAndRecompute(tracker, `a${n}`),
        storeAndRecompute(other, `b${n}`),
      ]);
      expect(await stored()).toMatchObject({ backlog_open_count: 2 * n + 2 });
    }
  });
});
