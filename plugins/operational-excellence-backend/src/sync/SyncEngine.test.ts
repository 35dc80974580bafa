import { TestDatabases } from '@backstage/backend-test-utils';
import {
  TicketPage,
  UpstreamError,
} from 'backstage-plugin-operational-excellence-node';
import { FakeExperimentSource } from 'backstage-plugin-operational-excellence-node/testUtils';
import { Knex } from 'knex';
import { testTicket } from '../database/__testUtils__/TestStore';
import {
  Gate,
  nothingNew,
  ScriptedSource,
} from './__testUtils__/ScriptedSource';
import { emptyDatabase } from './__testUtils__/emptyDatabase';
import { eventually, TestSync } from './__testUtils__/TestSync';
import { ScopeClaims } from './ScopeClaims';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const MINUTE_MS = 60_000;

function page(cursor: string, ...externalIds: string[]): TicketPage {
  return {
    cursor,
    requests: 1,
    tickets: externalIds.map(externalId => testTicket({ externalId })),
  };
}

/** Three pages of one ticket each; goes on after the cursor. */
async function* threePages(
  _scope: unknown,
  { cursor }: { cursor?: string },
): AsyncIterable<TicketPage> {
  for (let n = Number(cursor ?? 0) + 1; n <= 3; n++) {
    yield page(String(n), `T${n}`);
  }
}

describe.each(databases.eachSupportedId())('SyncEngine on %s', databaseId => {
  let db: Knex;
  let sync: TestSync;

  beforeAll(async () => {
    db = await databases.init(databaseId);
  });

  beforeEach(async () => {
    await emptyDatabase(db);
  });

  afterEach(async () => {
    await sync.stopAll();
    // Jest fails the test that leaves a rejection behind that nobody handles.
    await new Promise(setImmediate);
  });

  async function setUp(source: ScriptedSource, ...keys: string[]) {
    sync = await TestSync.create(db, { ticketSources: [source] });
    for (const key of keys.length ? keys : ['pay']) {
      await sync.addServiceWithScope(key);
    }
  }

  describe('reading', () => {
    it('stores every page and its cursor, and what follows for services', async () => {
      const source = new ScriptedSource(threePages);
      await setUp(source);
      await sync.runAll(sync.engine());

      expect(await sync.storedTickets()).toEqual(['T1', 'T2', 'T3']);
      expect(await sync.scope('pay')).toMatchObject({
        cursor: '3',
        requests: 3,
        lastError: null,
        failingSince: null,
        consecutiveFailures: 0,
        claimToken: null,
      });
      expect(await sync.backlog('pay')).toEqual({ state: 'ok', openCount: 3 });
    });

    it('runs again after the interval of the source, from its cursor', async () => {
      const source = new ScriptedSource(nothingNew, {
        schedule: { every: 'PT20M' },
      });
      await setUp(source);
      const engine = sync.engine();
      await sync.runAll(engine);

      const { nextRunAt, lastSuccessAt } = await sync.scope('pay');
      expect(nextRunAt - lastSuccessAt!).toBeGreaterThan(17 * MINUTE_MS);
      expect(nextRunAt - lastSuccessAt!).toBeLessThan(21 * MINUTE_MS);
      await engine.tick();
      await engine.idle();
      expect(source.begun).toEqual([['pay', undefined]]);

      await sync.runAll(engine);
      expect(source.begun).toEqual([
        ['pay', undefined],
        ['pay', 'start'],
      ]);
    });

    it('tells a source which containers services name', async () => {
      const containers: (readonly string[])[] = [];
      const source = new ScriptedSource((scope, options) => {
        containers.push(scope.containers);
        return nothingNew(scope, options);
      });
      await setUp(source);
      const { id } = await sync.scope('pay');
      const other = await sync.store.addService({ name: 'other' });
      await sync.store.nameScope(other, id, { container: 'a' });
      const gone = await sync.store.addService({ name: 'gone', removedAt: 1 });
      await sync.store.nameScope(gone, id, { container: 'z' });
      await sync.runAll(sync.engine());
      expect(containers).toEqual([['a', 'main']]);
    });

    it('does not read scopes that are inactive or of other sources', async () => {
      const source = new ScriptedSource(nothingNew);
      await setUp(source);
      await sync.store.addScope({ key: 'rest', active: false });
      await sync.store.addScope({ key: 'other', sourceId: 'tracker:gone' });
      await sync.runAll(sync.engine());
      expect(source.begun).toEqual([['pay', undefined]]);
    });

    it('costs one query when nothing is due', async () => {
      await setUp(new ScriptedSource(nothingNew));
      const engine = sync.engine();
      await sync.runAll(engine);
      const queries: string[] = [];
      const note = ({ sql }: { sql: string }) => queries.push(sql);
      db.on('query', note);
      await engine.tick();
      db.removeListener('query', note);
      expect(queries).toHaveLength(1);
    });

    it('reads experiments, and only those anew that can have changed', async () => {
      const source = FakeExperimentSource.create();
      sync = await TestSync.create(db, { experimentSources: [source] });
      await sync.store.addScope({
        key: '123456789012/eu-west-1',
        sourceId: source.id,
        kind: 'experiment',
      });
      const over = await source.upstream.add({
        state: 'completed',
        endedAt: Date.now(),
      });
      const running = await source.upstream.add({ state: 'running' });
      const engine = sync.engine();
      await sync.runAll(engine);
      await source.upstream.end(running, 'completed');
      await sync.runAll(engine);

      expect(
        await db('experiments')
          .orderBy('external_id')
          .select('external_id', 'state'),
      ).toEqual([
        { external_id: over, state: 'completed' },
        { external_id: running, state: 'completed' },
      ]);
      expect(source.upstream.readsOf(over)).toBe(1);
      expect(source.upstream.readsOf(running)).toBe(2);
    });
  });

  describe('a first answer', () => {
    it('counts only once it is whole', async () => {
      const gate = new Gate();
      const source = new ScriptedSource(async function* pages() {
        yield page('1', 'T1');
        await gate.passed;
        yield page('2', 'T2');
      });
      await setUp(source);
      const engine = sync.engine();
      await engine.tick();
      await eventually(async () =>
        expect((await sync.scope('pay')).cursor).toBe('1'),
      );
      expect(await sync.storedTickets()).toEqual(['T1']);
      expect(await sync.backlog('pay')).toEqual({
        state: 'unknown',
        openCount: 0,
      });
      gate.open();
      await engine.idle();
      expect(await sync.backlog('pay')).toEqual({ state: 'ok', openCount: 2 });
    });

    it('counts as a whole although a failure came between its pages', async () => {
      const source = new ScriptedSource(async function* pages() {
        yield page('1', 'T1');
        throw new Error('Down');
      });
      await setUp(source);
      const engine = sync.engine();
      await sync.runAll(engine);
      expect(await sync.backlog('pay')).toEqual({
        state: 'unknown',
        openCount: 0,
      });
      source.onChanges = threePages;
      await sync.runAll(engine);
      expect(await sync.backlog('pay')).toEqual({ state: 'ok', openCount: 3 });
    });

    it('goes out of date by itself when the source falls silent, and comes back', async () => {
      const source = new ScriptedSource(threePages);
      await setUp(source);
      const engine = sync.engine();
      await sync.runAll(engine);
      source.onChanges = async function* down() {
        throw new Error('Down');
      };
      await sync.runAll(engine);
      expect(await sync.backlog('pay')).toEqual({ state: 'ok', openCount: 3 });

      const later = Date.now() + 2 * 60 * MINUTE_MS;
      expect(await sync.backlog('pay', later)).toEqual({
        state: 'unknown',
        openCount: 3,
      });
      // As if the last answer had come longer ago than the tolerance.
      await db('scopes').update({ last_success_at: 1 });
      source.onChanges = nothingNew;
      await sync.runAll(engine);
      expect(await sync.backlog('pay')).toEqual({ state: 'ok', openCount: 3 });
    });
  });

  describe('a failure', () => {
    const failWith = (error: unknown) =>
      new ScriptedSource(async function* pages(_scope, options) {
        if (options.cursor === undefined) yield page('1', 'T1');
        throw error;
      });

    it('keeps the pages before it and goes on after them', async () => {
      const source = failWith(new Error('Down'));
      await setUp(source);
      const engine = sync.engine();
      await sync.runAll(engine);
      expect(await sync.storedTickets()).toEqual(['T1']);
      expect((await sync.scope('pay')).cursor).toBe('1');

      source.onChanges = threePages;
      await sync.runAll(engine);
      expect(source.begun).toEqual([
        ['pay', undefined],
        ['pay', '1'],
      ]);
      expect(await sync.storedTickets()).toEqual(['T1', 'T2', 'T3']);
    });

    it('is noted with the words of the upstream, until a run succeeds', async () => {
      const source = failWith(
        new UpstreamError({
          kind: 'unauthorized',
          source: 'tracker:test',
          operation: 'GET /issues',
          status: 401,
          detail: 'Bad credentials',
        }),
      );
      await setUp(source);
      const engine = sync.engine();
      await sync.runAll(engine);
      const first = await sync.scope('pay');
      expect(first).toMatchObject({
        lastError: 'tracker:test: GET /issues answered 401: Bad credentials',
        consecutiveFailures: 1,
        lastSuccessAt: null,
        claimToken: null,
      });
      expect(first.failingSince).toBe(first.lastErrorAt);
      expect(sync.logger.warn).toHaveBeenCalledTimes(1);
      expect(sync.logger.warn).toHaveBeenCalledWith(
        expect.stringMatching(
          /^Sync of pay of tracker:test: failed for the 1st time in a row, runs again in \d+ s: tracker:test: GET \/issues answered 401: Bad credentials$/,
        ),
      );

      await sync.runAll(engine);
      const second = await sync.scope('pay');
      expect(second).toMatchObject({
        consecutiveFailures: 2,
        failingSince: first.failingSince,
      });
      expect(second.lastErrorAt!).toBeGreaterThanOrEqual(first.lastErrorAt!);

      source.onChanges = nothingNew;
      await sync.runAll(engine);
      expect(await sync.scope('pay')).toMatchObject({
        lastError: null,
        lastErrorAt: null,
        failingSince: null,
        consecutiveFailures: 0,
      });
    });

    it('is waited out longer each time', async () => {
      await setUp(failWith(new Error('Down')));
      const engine = sync.engine({ random: () => 0 });
      const waits: number[] = [];
      for (let n = 0; n < 8; n++) {
        await sync.runAll(engine);
        const { lastErrorAt, nextRunAt } = await sync.scope('pay');
        waits.push(Math.round((nextRunAt - lastErrorAt!) / 1000));
      }
      expect(waits).toEqual([30, 60, 120, 240, 480, 960, 1800, 1800]);
    });

    it('waits as long as the upstream asks, whoever is in a hurry', async () => {
      const requested = new Gate();
      const source = new ScriptedSource(async function* limited() {
        await requested.passed;
        throw new UpstreamError({
          kind: 'rate-limited',
          source: 'tracker:test',
          operation: 'GET /issues',
          status: 429,
          detail: 'Slow down',
          retryAt: Date.now() + 50 * MINUTE_MS,
        });
      });
      await setUp(source);
      const engine = sync.engine();
      await engine.tick();
      await sync.requests(engine).request({ sourceId: source.id });
      requested.open();
      await engine.idle();
      const { lastErrorAt, nextRunAt } = await sync.scope('pay');
      expect(nextRunAt - lastErrorAt!).toBeGreaterThan(49 * MINUTE_MS);
      expect(nextRunAt - lastErrorAt!).toBeLessThan(51 * MINUTE_MS);
      expect(source.begun).toHaveLength(1);
    });

    it('shows no credentials, and no more than a person reads', async () => {
      await setUp(
        failWith(
          new Error(
            `Could not fetch https://me:secret@tracker.example/\n${'x'.repeat(
              5000,
            )}`,
          ),
        ),
      );
      await sync.runAll(sync.engine());
      const { lastError } = await sync.scope('pay');
      expect(lastError).toMatch(
        /^Could not fetch https:\/\/tracker\.example\/ x+…$/,
      );
      expect(lastError!.length).toBe(1001);
    });

    it.each([
      ['a text', 'Down'],
      ['nothing', undefined],
    ])('may throw %s', async (_, thrown) => {
      await setUp(failWith(thrown));
      await sync.runAll(sync.engine());
      expect((await sync.scope('pay')).lastError).toBe(String(thrown));
    });

    it('of ours stores nothing by halves, and is not blamed on the source', async () => {
      const source = new ScriptedSource(threePages);
      await setUp(source);
      const engine = sync.engine();
      const storePage = sync.tickets.storePage.bind(sync.tickets);
      jest
        .spyOn(sync.tickets, 'storePage')
        .mockImplementation(async (tx, stored) => {
          const touched = await storePage(tx, stored);
          if (stored.tickets[0].externalId === 'T2') {
            await tx('no_such_table').insert({ secret: 'value' });
          }
          return touched;
        });
      await sync.runAll(engine);

      expect(await sync.storedTickets()).toEqual(['T1']);
      expect(await sync.scope('pay')).toMatchObject({
        cursor: '1',
        requests: 1,
        lastError:
          'What the source delivered could not be stored; the log of the backend says why',
      });
      expect(sync.logger.warn).toHaveBeenCalledWith(
        expect.stringContaining('no_such_table'),
      );
      expect(JSON.stringify(sync.logger.warn.mock.calls)).not.toContain(
        'insert',
      );
      jest.restoreAllMocks();
      await sync.runAll(engine);
      expect(source.begun).toEqual([
        ['pay', undefined],
        ['pay', '1'],
      ]);
      expect(await sync.storedTickets()).toEqual(['T1', 'T2', 'T3']);
    });

    it('that cannot even be noted leaves the scope to the end of the claim', async () => {
      await setUp(failWith(new Error('Down')));
      const claims = ScopeClaims.create({ leaseMs: 60_000 });
      jest
        .spyOn(claims, 'fail')
        .mockRejectedValue(new Error('The database is gone'));
      await sync.runAll(sync.engine({ claims }));
      expect(sync.logger.error).toHaveBeenCalledWith(
        expect.stringContaining('The database is gone'),
      );
      expect((await sync.scope('pay')).claimToken).not.toBeNull();
    });

    it('is a source that repeats the same page for ever', async () => {
      await setUp(
        new ScriptedSource(async function* circles() {
          for (;;) yield page('1', 'T1', 'T2');
        }),
      );
      await sync.runAll(sync.engine());
      expect((await sync.scope('pay')).lastError).toBe(
        'The source repeats the same page without moving on (4 times, 2 rows, same cursor); the run was stopped',
      );
    });

    it('is a source that goes round in a wider circle', async () => {
      await setUp(
        new ScriptedSource(async function* circles() {
          for (;;) {
            yield page('1', 'T1');
            yield page('2', 'T2');
            yield page('3');
          }
        }),
      );
      await sync.runAll(sync.engine());
      expect((await sync.scope('pay')).lastError).toMatch(/without moving on/);
    });

    it('is a source that hangs, even if it minds no signal', async () => {
      await setUp(
        new ScriptedSource(async function* hangs() {
          yield page('1', 'T1');
          await new Promise(() => {});
        }),
      );
      await sync.runAll(sync.engine({ stallMs: 100 }));
      expect(await sync.scope('pay')).toMatchObject({
        cursor: '1',
        lastError: 'The source gave no answer within 0.1 seconds',
      });
    });
  });

  describe('credentials', () => {
    it('are proven before the first read, and not again while all is well', async () => {
      const source = new ScriptedSource(nothingNew);
      await setUp(source, 'pay', 'shop', 'mail');
      const engine = sync.engine();
      await sync.runAll(engine);
      await sync.runAll(engine);
      expect(source.begun).toHaveLength(6);
      expect(source.verified).toBe(1);
    });

    it('are proven again after a failure, and after a while', async () => {
      const source = new ScriptedSource(nothingNew);
      await setUp(source);
      let now = Date.now();
      const engine = sync.engine({ now: () => now });
      await sync.runAll(engine);
      source.onChanges = async function* down() {
        throw new Error('Down');
      };
      await sync.runAll(engine);
      expect(source.verified).toBe(1);
      source.onChanges = nothingNew;
      await sync.runAll(engine);
      expect(source.verified).toBe(2);
      now += 16 * MINUTE_MS;
      await sync.runAll(engine);
      expect(source.verified).toBe(3);
    });

    it('that do not hold mean that nothing is read', async () => {
      const source = new ScriptedSource(nothingNew);
      source.onVerify = async () => {
        throw new Error('The token has expired');
      };
      await setUp(source, 'pay', 'shop');
      const engine = sync.engine({ distrustMs: 60_000 });
      await sync.runAll(engine);
      expect(source.begun).toEqual([]);
      // One proof speaks for all scopes of the source for a while.
      expect(source.verified).toBe(1);
      for (const key of ['pay', 'shop']) {
        expect(await sync.scope(key)).toMatchObject({
          lastError: 'The token has expired',
          consecutiveFailures: 1,
          cursor: null,
        });
      }
      source.onVerify = async () => {};
      await sync.runAll(sync.engine());
      expect((await sync.scope('pay')).lastError).toBeNull();
    });
  });

  describe('reconciling', () => {
    /** A source that had three tickets and now names some of them. */
    async function reconciling(existing: AsyncIterable<string[]>) {
      const source = new ScriptedSource(threePages);
      source.reconcile = () => existing;
      await setUp(source);
      const engine = sync.engine();
      await sync.runAll(engine);
      expect(await sync.storedTickets()).toEqual(['T1', 'T2', 'T3']);
      source.onChanges = nothingNew;
      return { engine, source };
    }
    const makeDue = () => db('scopes').update({ next_reconcile_at: 0 });

    it('removes what no longer exists, when it is due', async () => {
      const { engine } = await reconciling(
        (async function* existing() {
          yield ['T1'];
          yield ['T3', 'T4'];
        })(),
      );
      await sync.runAll(engine);
      expect(await sync.storedTickets()).toEqual(['T1', 'T2', 'T3']);

      await makeDue();
      await sync.runAll(engine);
      expect(await sync.storedTickets()).toEqual(['T1', 'T3']);
      expect(await sync.backlog('pay')).toEqual({ state: 'ok', openCount: 2 });
      const { next_reconcile_at: next } = await db('scopes').first();
      expect(Number(next) - Date.now()).toBeGreaterThan(17 * 60 * MINUTE_MS);
      expect(Number(next) - Date.now()).toBeLessThan(25 * 60 * MINUTE_MS);
    });

    it('removes nothing when it ends with an error; what was read counts', async () => {
      const { engine } = await reconciling(
        (async function* existing() {
          yield ['T1'];
          throw new Error('Down');
        })(),
      );
      await db('scopes').update({ last_success_at: 1 });
      await makeDue();
      await sync.runAll(engine);
      expect(await sync.storedTickets()).toEqual(['T1', 'T2', 'T3']);
      const scope = await sync.scope('pay');
      expect(scope).toMatchObject({
        lastError: 'Down',
        consecutiveFailures: 1,
      });
      expect(scope.lastSuccessAt).toBeGreaterThan(1);
      expect(await sync.backlog('pay')).toEqual({ state: 'ok', openCount: 3 });
    });

    it('spares what was stored after it began', async () => {
      const { engine } = await reconciling(
        (async function* existing() {
          yield ['T1', 'T2'];
          const { id } = await sync.scope('pay');
          await db.transaction(tx =>
            sync.tickets.storePage(tx, {
              sourceId: 'tracker:test',
              scopeId: id,
              tickets: [testTicket({ externalId: 'T9' })],
            }),
          );
        })(),
      );
      await makeDue();
      await sync.runAll(engine);
      expect(await sync.storedTickets()).toEqual(['T1', 'T2', 'T9']);
    });

    it('has the credentials proven anew before it believes that nothing is left', async () => {
      const { engine, source } = await reconciling(
        (async function* existing() {
          yield [];
        })(),
      );
      source.onVerify = async () => {
        throw new Error('The token has expired');
      };
      await makeDue();
      await sync.runAll(engine);
      expect(await sync.storedTickets()).toEqual(['T1', 'T2', 'T3']);
      expect((await sync.scope('pay')).lastError).toBe('The token has expired');

      source.onVerify = async () => {};
      source.reconcile = async function* existing() {
        yield [];
      };
      await sync.runAll(engine);
      expect(await sync.storedTickets()).toEqual([]);
    });
  });

  describe('several engines', () => {
    it('share the scopes, and never read one at the same time', async () => {
      const now = new Map<string, number>();
      let overlaps = 0;
      const byEngine: string[][] = [[], []];
      const sourceOf = (n: number) =>
        new ScriptedSource(async function* slow(scope) {
          byEngine[n].push(scope.key);
          now.set(scope.key, (now.get(scope.key) ?? 0) + 1);
          if (now.get(scope.key)! > 1) overlaps++;
          await new Promise(resolve => {
            setTimeout(resolve, 5);
          });
          yield page('1');
          now.set(scope.key, now.get(scope.key)! - 1);
        });
      const keys = Array.from({ length: 20 }, (_, n) => `s${n}`);
      sync = await TestSync.create(db, { ticketSources: [sourceOf(0)] });
      for (const key of keys) await sync.store.addScope({ key });
      const other = await TestSync.create(db, { ticketSources: [sourceOf(1)] });
      const engines = [sync.engine(), other.engine()];

      await Promise.all(engines.map(engine => engine.tick()));
      await Promise.all(engines.map(engine => engine.idle()));
      await other.stopAll();
      expect([...byEngine[0], ...byEngine[1]].sort()).toEqual(keys.sort());
      expect(byEngine[0].length).toBeGreaterThan(0);
      expect(byEngine[1].length).toBeGreaterThan(0);
      expect(overlaps).toBe(0);
    });

    it('take over from one that died, whose late page is then refused', async () => {
      const gate = new Gate();
      const source = new ScriptedSource(async function* pages(_, { cursor }) {
        if (cursor === undefined) {
          yield page('1', 'T1');
          await gate.passed;
          yield page('stale', 'LATE');
        } else yield page('2', 'T2');
      });
      await setUp(source);
      const claims = ScopeClaims.create({ leaseMs: 300 });
      // It reads on, but gives no sign of life.
      jest
        .spyOn(claims, 'renew')
        .mockImplementation(async (_db, tokens) => new Set(tokens));
      const dead = sync.engine({ claims });
      await dead.tick();
      await eventually(async () =>
        expect((await sync.scope('pay')).cursor).toBe('1'),
      );

      const living = sync.engine({ leaseMs: 300 });
      await living.tick();
      expect(source.begun).toHaveLength(1);
      await eventually(async () => {
        await living.tick();
        await living.idle();
        expect((await sync.scope('pay')).cursor).toBe('2');
      });

      gate.open();
      await dead.idle();
      expect(await sync.storedTickets()).toEqual(['T1', 'T2']);
      expect(await sync.scope('pay')).toMatchObject({
        cursor: '2',
        lastError: null,
      });
      expect(sync.logger.debug).toHaveBeenCalledWith(
        expect.stringContaining('another process took over'),
      );
    });

    it('keep what they hold for as long as they live', async () => {
      const gate = new Gate();
      const source = new ScriptedSource(async function* pages() {
        await gate.passed;
        yield page('1', 'T1');
      });
      await setUp(source);
      const slow = sync.engine({ leaseMs: 300 });
      await slow.tick();
      const other = sync.engine({ leaseMs: 300 });
      const until = Date.now() + 900;
      while (Date.now() < until) {
        await other.tick();
        await new Promise(resolve => {
          setTimeout(resolve, 30);
        });
      }
      expect(source.begun).toHaveLength(1);
      gate.open();
      await slow.idle();
      expect((await sync.scope('pay')).cursor).toBe('1');
    });

    it('end a run whose claim was lost', async () => {
      let signalOf: AbortSignal | undefined;
      const source = new ScriptedSource(async function* hangs(_, { signal }) {
        signalOf = signal;
        await new Promise(() => {});
        yield page('never');
      });
      await setUp(source);
      const engine = sync.engine({ leaseMs: 300 });
      await engine.tick();
      await eventually(() => expect(source.begun).toHaveLength(1));
      await db('scopes').update({ claim_token: 'of somebody else' });
      await engine.idle();
      expect(signalOf!.aborted).toBe(true);
      expect((await sync.scope('pay')).claimToken).toBe('of somebody else');
    });
  });

  describe('stopping', () => {
    it('tells the sources, stores the page under way and frees the scope', async () => {
      let signalOf: AbortSignal | undefined;
      const source = new ScriptedSource(async function* pages(_, { signal }) {
        signalOf = signal;
        yield page('1', 'T1');
        yield page('2', 'T2');
      });
      await setUp(source);
      const engine = sync.engine();
      const storePage = sync.tickets.storePage.bind(sync.tickets);
      const storing = new Gate();
      const goOn = new Gate();
      jest
        .spyOn(sync.tickets, 'storePage')
        .mockImplementation(async (tx, stored) => {
          storing.open();
          await goOn.passed;
          return storePage(tx, stored);
        });
      await engine.tick();
      await storing.passed;
      const stopped = engine.stop();
      expect(signalOf!.aborted).toBe(true);
      goOn.open();
      await stopped;
      expect(await sync.storedTickets()).toEqual(['T1']);
      expect(await sync.scope('pay')).toMatchObject({
        cursor: '1',
        claimToken: null,
        lastError: null,
        consecutiveFailures: 0,
      });

      await engine.tick();
      expect(source.begun).toHaveLength(1);
      jest.restoreAllMocks();
      const next = sync.engine();
      await next.tick();
      await next.idle();
      expect(source.begun).toHaveLength(2);
    });

    it('does not wait for sources that mind no signal', async () => {
      const source = new ScriptedSource(async function* hangs() {
        await new Promise(() => {});
        yield page('never');
      });
      await setUp(source);
      const engine = sync.engine();
      await engine.tick();
      await eventually(() => expect(source.begun).toHaveLength(1));
      await engine.stop();
      expect((await sync.scope('pay')).claimToken).toBeNull();
    });
  });

  describe('requests', () => {
    it('make a scope run now, or all scopes of a source', async () => {
      const source = new ScriptedSource(nothingNew);
      await setUp(source, 'pay', 'shop');
      const engine = sync.engine();
      await sync.runAll(engine);
      const requests = sync.requests(engine);
      source.begun.length = 0;

      expect(
        await requests.request({ sourceId: source.id, scopeKey: 'shop' }),
      ).toBe(1);
      await engine.idle();
      expect(source.begun).toEqual([['shop', 'start']]);

      expect(await requests.request({ sourceId: source.id })).toBe(2);
      await engine.idle();
      expect(source.begun).toHaveLength(3);
    });

    it('make a scope that is being read run once more, and only once', async () => {
      const gates = [new Gate(), new Gate(), new Gate()];
      const source = new ScriptedSource(async function* pages() {
        await gates[source.begun.length - 1].passed;
        yield page('1');
      });
      await setUp(source);
      const engine = sync.engine();
      await engine.tick();
      await eventually(() => expect(source.begun).toHaveLength(1));
      const requests = sync.requests(engine);
      await requests.request({ sourceId: source.id, scopeKey: 'pay' });
      await requests.request({ sourceId: source.id, scopeKey: 'pay' });
      expect(source.begun).toHaveLength(1);
      gates[0].open();
      await eventually(() => expect(source.begun).toHaveLength(2));
      gates[1].open();
      await engine.idle();
      expect(source.begun).toHaveLength(2);
      expect((await sync.scope('pay')).nextRunAt).toBeGreaterThan(Date.now());
    });

    it('are refused for what does not exist', async () => {
      const source = new ScriptedSource(nothingNew);
      await setUp(source);
      const requests = sync.requests(sync.engine());
      await expect(requests.request({ sourceId: 'x' })).rejects.toThrow(
        'There is no source x',
      );
      await expect(
        requests.request({ sourceId: source.id, scopeKey: 'x' }),
      ).rejects.toThrow('The source tracker:test has no scope x');
      expect(
        await requests.requestIfTracked({ sourceId: source.id, scopeKey: 'x' }),
      ).toBe(0);
    });
  });

  it('keeps room for other sources when one hangs', async () => {
    const hanging = new ScriptedSource(async function* hangs() {
      await new Promise(() => {});
      yield page('never');
    });
    const well = new ScriptedSource(nothingNew, { id: 'tracker:well' });
    sync = await TestSync.create(db, { ticketSources: [hanging, well] });
    for (let n = 0; n < 8; n++) {
      await sync.store.addScope({ key: `h${n}` });
    }
    await sync.store.addScope({ key: 'w', sourceId: well.id });
    await sync.engine().tick();
    await eventually(() => expect(well.begun).toHaveLength(1));
    await eventually(() => expect(hanging.begun).toHaveLength(2));
  });
});
