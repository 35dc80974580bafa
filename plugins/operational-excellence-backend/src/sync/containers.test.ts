import { TestDatabases } from '@backstage/backend-test-utils';
import {
  MissingContainer,
  TicketPage,
  UpstreamError,
} from 'backstage-plugin-operational-excellence-node';
import { Knex } from 'knex';
import { testTicket } from '../database/__testUtils__/TestStore';
import { ServiceQueries } from '../services';
import { emptyDatabase } from './__testUtils__/emptyDatabase';
import { Gate, ScriptedSource } from './__testUtils__/ScriptedSource';
import { eventually, TestSync } from './__testUtils__/TestSync';
import { ScopeContainers } from './ScopeContainers';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const notFound = (operation: string) =>
  new UpstreamError({
    kind: 'not-found',
    source: 'tracker:test',
    operation,
    detail: 'Not Found',
    status: 404,
  });

/** A tracker of projects, of which a scope holds several. */
class Projects {
  readonly tickets = new Map<string, string[]>();
  /** What runs were told that services name. */
  readonly asked: (readonly string[])[] = [];
  missing: MissingContainer[] = [];
  onPage: (container: string) => Promise<void> = async () => {};

  /** One page for each container. */
  async *changes(scope: {
    containers: readonly string[];
  }): AsyncIterable<TicketPage> {
    this.asked.push(scope.containers);
    for (const container of scope.containers) {
      yield {
        cursor: container,
        requests: 1,
        tickets: (this.tickets.get(container) ?? []).map(externalId =>
          testTicket({ externalId, container }),
        ),
        missing: this.missing.filter(each => each.container === container),
      };
      await this.onPage(container);
    }
  }
}

describe.each(databases.eachSupportedId())('containers on %s', databaseId => {
  let db: Knex;
  let sync: TestSync;
  let projects: Projects;
  let source: ScriptedSource;
  let scopeId: number;

  beforeAll(async () => {
    db = await databases.init(databaseId);
  });

  beforeEach(async () => {
    await emptyDatabase(db);
    projects = new Projects();
    source = new ScriptedSource(scope => projects.changes(scope), {
      schedule: { every: 'PT10M' },
    });
    sync = await TestSync.create(db, { ticketSources: [source] });
    scopeId = await sync.store.addScope({ key: 'batch' });
  });

  afterEach(async () => {
    await sync.stopAll();
    await new Promise(setImmediate);
  });

  /** As the directory does when a service begins to name something. */
  async function name(service: string, container: string): Promise<number> {
    const id = await sync.store.addService({ name: service, policy: 'all' });
    await db.transaction(async tx => {
      await tx('service_scopes').insert({
        service_id: id,
        scope_id: scopeId,
        container,
        all_of: '[]',
        implicit: false,
      });
      await ScopeContainers.create().note(tx, [id]);
      await sync.tickets.rematch(tx, [id]);
      await sync.status.recompute(tx, [id]);
    });
    return id;
  }

  const containers = async () =>
    (await db('scope_containers').orderBy('container')).map(row => ({
      container: row.container,
      covered: row.covered_at !== null,
      missing: row.missing_message,
    }));

  const detail = async (service: string) => {
    const found = await ServiceQueries.create({ db, policies: [] }).get(
      `component:default/${service}`,
      { kind: 'all' },
    );
    return found!.backlog;
  };

  describe('that are new in a scope', () => {
    it('are unknown, and not empty, until a run that knew them has ended', async () => {
      projects.tickets.set('A', ['A1']);
      await name('one', 'A');
      const engine = sync.engine();
      await sync.runAll(engine);
      expect(await sync.backlog('one')).toEqual({ state: 'ok', openCount: 1 });

      await name('two', 'B');
      expect(await sync.backlog('two')).toEqual({
        state: 'unknown',
        openCount: 0,
      });
      expect(await detail('two')).toMatchObject({
        checkedAt: null,
        problem: null,
      });
      expect(await sync.backlog('one')).toEqual({ state: 'ok', openCount: 1 });

      await sync.runAll(engine);
      expect(projects.asked).toEqual([['A'], ['A', 'B']]);
      // Nothing waits there, and now that is known.
      expect(await sync.backlog('two')).toEqual({ state: 'ok', openCount: 0 });
      expect((await detail('two')).checkedAt).toEqual(expect.any(String));
    });

    it('make the scope due at once', async () => {
      await name('one', 'A');
      const engine = sync.engine();
      await sync.runAll(engine);
      await engine.tick();
      await engine.idle();
      expect(projects.asked).toHaveLength(1);

      await name('two', 'B');
      await engine.tick();
      await engine.idle();
      expect(projects.asked).toHaveLength(2);

      // Not a further service of what is known.
      await name('three', 'B');
      await engine.tick();
      await engine.idle();
      expect(projects.asked).toHaveLength(2);
    });

    it('do not hurry a scope that fails, which may have to wait', async () => {
      await name('one', 'A');
      await db('scopes').update({
        failing_since: 1,
        next_run_at: 9e15,
      });
      await name('two', 'B');
      expect((await sync.scope('batch')).nextRunAt).toBe(9e15);
    });

    it('are left to the next run where one goes on already, which follows at once', async () => {
      await name('one', 'A');
      const reading = new Gate();
      const goOn = new Gate();
      projects.onPage = async () => {
        reading.open();
        await goOn.passed;
      };
      const engine = sync.engine();
      await db('scopes').update({ next_run_at: 0 });
      await engine.tick();
      await reading.passed;
      await name('two', 'B');
      goOn.open();
      await eventually(async () => {
        expect(await sync.backlog('two')).toEqual({
          state: 'ok',
          openCount: 0,
        });
      });
      await engine.idle();
      expect(projects.asked).toEqual([['A'], ['A', 'B']]);
    });

    it('stay unknown while runs fail half-way, and count nothing by halves', async () => {
      await name('one', 'A');
      const engine = sync.engine();
      await sync.runAll(engine);
      await name('two', 'B');
      projects.tickets.set('B', ['B1', 'B2']);
      projects.onPage = async container => {
        if (container === 'B') throw new Error('Down');
      };
      await sync.runAll(engine);
      expect(await sync.storedTickets()).toEqual(['B1', 'B2']);
      expect(await sync.backlog('two')).toEqual({
        state: 'unknown',
        openCount: 0,
      });

      projects.onPage = async () => {};
      await sync.runAll(engine);
      expect(await sync.backlog('two')).toEqual({ state: 'ok', openCount: 2 });
    });

    it('are new again where none named them for a run', async () => {
      await name('one', 'A');
      const two = await name('two', 'B');
      const engine = sync.engine();
      await sync.runAll(engine);
      await db('services').where({ id: two }).update({ removed_at: 1 });
      expect((await containers()).map(each => each.container)).toEqual([
        'A',
        'B',
      ]);
      await sync.runAll(engine);
      expect((await containers()).map(each => each.container)).toEqual(['A']);

      await name('three', 'B');
      expect((await sync.backlog('three')).state).toBe('unknown');
      await sync.runAll(engine);
      expect((await sync.backlog('three')).state).toBe('ok');
    });
  });

  describe('that the upstream does not know', () => {
    const missing = (container: string, suggestion?: string) => ({
      container,
      message: `There is no project ${container}`,
      suggestion,
    });

    it('are unknown with the reason, and others in the scope are not touched', async () => {
      projects.tickets.set('PAY', ['P1']);
      projects.missing = [missing('PAX', 'SHOP')];
      await name('good', 'PAY');
      await name('bad', 'PAX');
      const engine = sync.engine();
      await sync.runAll(engine);
      expect(await sync.backlog('good')).toEqual({ state: 'ok', openCount: 1 });
      expect(await detail('good')).toMatchObject({ problem: null });
      expect((await sync.backlog('bad')).state).toBe('unknown');
      expect(await detail('bad')).toMatchObject({
        problem: 'There is no project PAX; SHOP may have been meant',
        checkedAt: null,
      });
      expect(await sync.scope('batch')).toMatchObject({ lastError: null });

      projects.missing = [];
      await sync.runAll(engine);
      expect(await sync.backlog('bad')).toEqual({ state: 'ok', openCount: 0 });
      expect(await detail('bad')).toMatchObject({ problem: null });
    });

    it('may go while they are named', async () => {
      await name('one', 'A');
      await name('two', 'B');
      const engine = sync.engine();
      await sync.runAll(engine);
      expect((await sync.backlog('one')).state).toBe('ok');
      projects.missing = [missing('A')];
      await sync.runAll(engine);
      expect((await sync.backlog('one')).state).toBe('unknown');
      expect((await sync.backlog('two')).state).toBe('ok');
      expect(await containers()).toEqual([
        {
          container: 'A',
          covered: false,
          missing: 'There is no project A',
        },
        { container: 'B', covered: true, missing: null },
      ]);
    });

    it('stay so while a run fails', async () => {
      await name('one', 'A');
      const engine = sync.engine();
      projects.missing = [missing('A')];
      await sync.runAll(engine);
      projects.missing = [];
      projects.onPage = async () => {
        throw new Error('Down');
      };
      await sync.runAll(engine);
      expect(await detail('one')).toMatchObject({
        problem: 'There is no project A',
      });
    });

    it('are compared with what the source does know', async () => {
      await name('good', 'PAYMENTS');
      await name('bad', 'PAYMENT');
      projects.missing = [missing('PAYMENT')];
      const engine = sync.engine();
      // In the first run nothing is known to be good yet.
      await sync.runAll(engine);
      await sync.runAll(engine);
      expect((await detail('bad')).problem).toBe(
        'There is no project PAYMENT; PAYMENTS may have been meant',
      );
    });

    it('of no service are nothing to anyone', async () => {
      await name('one', 'A');
      projects.missing = [missing('Z')];
      await sync.runAll(sync.engine());
      expect(await containers()).toEqual([
        { container: 'A', covered: true, missing: null },
      ]);
    });
  });

  describe('of a scope that is one container', () => {
    it('do not exist where the upstream does not find it, until it does', async () => {
      await name('shop', 'acme/shop');
      const other = await sync.addServiceWithScope('acme/shp', {
        container: 'acme/shp',
      });
      let isThere = false;
      source.onChanges = async function* changes(scope) {
        if (scope.key === 'acme/shp' && !isThere) {
          throw notFound('GET /repos/acme/shp');
        }
        yield* projects.changes(scope);
      };
      const engine = sync.engine();
      await sync.runAll(engine);
      await sync.runAll(engine);
      expect(await sync.backlog('acme/shp')).toEqual({
        state: 'unknown',
        openCount: 0,
      });
      expect((await detail('acme/shp')).problem).toBe(
        'tracker:test: GET /repos/acme/shp answered 404: Not Found; acme/shop may have been meant',
      );
      expect((await sync.backlog('shop')).state).toBe('ok');
      expect(await sync.scope('acme/shp')).toMatchObject({
        consecutiveFailures: 2,
        id: other.scopeId,
      });

      isThere = true;
      await sync.runAll(engine);
      expect(await sync.backlog('acme/shp')).toEqual({
        state: 'ok',
        openCount: 0,
      });
      expect((await detail('acme/shp')).problem).toBeNull();
    });

    it('are not blamed for what is not found elsewhere', async () => {
      await name('one', 'A');
      const engine = sync.engine();
      await sync.runAll(engine);
      source.onVerify = async () => {
        throw notFound('GET /user');
      };
      // One that has not proven the credentials yet.
      await sync.runAll(sync.engine());
      expect((await sync.scope('batch')).consecutiveFailures).toBe(1);
      source.onVerify = async () => {};
      source.reconcile = () => {
        throw notFound('GET /all');
      };
      await db('scopes').update({ next_reconcile_at: 0 });
      await sync.runAll(engine);
      expect((await sync.scope('batch')).consecutiveFailures).toBe(2);
      expect(await containers()).toEqual([
        { container: 'A', covered: true, missing: null },
      ]);
      expect((await sync.backlog('one')).state).toBe('ok');
    });

    it('are not blamed among several', async () => {
      await name('one', 'A');
      await name('two', 'B');
      const engine = sync.engine();
      await sync.runAll(engine);
      projects.onPage = async () => {
        throw notFound('GET /search');
      };
      await sync.runAll(engine);
      expect((await sync.backlog('one')).state).toBe('ok');
      expect((await sync.scope('batch')).consecutiveFailures).toBe(1);
    });
  });

  describe('and beside them', () => {
    it('the newest rate limit, the rows and the requests are kept', async () => {
      await name('one', 'A');
      projects.tickets.set('A', ['A1', 'A2']);
      let remaining = 90;
      source.onChanges = async function* changes(scope) {
        for await (const page of projects.changes(scope)) {
          yield {
            ...page,
            rateLimit: { remaining, limit: 100, resetsAt: 5_000.4 },
          };
          yield { cursor: 'end', requests: 2, tickets: [] };
        }
      };
      const engine = sync.engine();
      await sync.runAll(engine);
      const row = async () => {
        const scope = await db('scopes').where({ key: 'batch' }).first();
        return {
          rows: Number(scope.rows_total),
          requests: Number(scope.requests_total),
          remaining: Number(scope.rate_remaining),
          limit: Number(scope.rate_limit),
          resetsAt: Number(scope.rate_resets_at),
        };
      };
      expect(await row()).toEqual({
        rows: 2,
        requests: 3,
        remaining: 90,
        limit: 100,
        resetsAt: 5_000,
      });
      const { requests_since: since } = await db('scopes').first();

      remaining = 70;
      projects.tickets.set('A', ['A3']);
      await sync.runAll(engine);
      expect(await row()).toMatchObject({
        rows: 3,
        requests: 6,
        remaining: 70,
      });
      expect((await db('scopes').first()).requests_since).toEqual(since);
    });
  });
});
