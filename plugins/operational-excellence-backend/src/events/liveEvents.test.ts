import { TestDatabases } from '@backstage/backend-test-utils';
import {
  TicketSource,
  UpstreamError,
} from 'backstage-plugin-operational-excellence-node';
import {
  FAKE_TICKETS_TOPIC,
  FakeExperimentSource,
  FakeTicketSource,
} from 'backstage-plugin-operational-excellence-node/testUtils';
import { Knex } from 'knex';
import { emptyDatabase } from '../sync/__testUtils__/emptyDatabase';
import { Gate } from '../sync/__testUtils__/ScriptedSource';
import { eventually, TestSync } from '../sync/__testUtils__/TestSync';
import { Replica } from './__testUtils__/Replica';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const IMPROVEMENT = { title: 'Rehearse the failover', improvement: true };

const pause = (ms: number) =>
  new Promise<void>(resolve => {
    setTimeout(resolve, ms);
  });

/** What a source does that was asked for too much. */
const limited: NonNullable<TicketSource['readHinted']> = () => ({
  [Symbol.asyncIterator]: () => ({
    next: async () => {
      throw new UpstreamError({
        kind: 'rate-limited',
        source: 'fake:tickets',
        operation: 'GET /tickets',
        status: 429,
        detail: 'Slow down',
        retryAt: Date.now() + 300_000,
      });
    },
  }),
});

describe.each(databases.eachSupportedId())('live events on %s', databaseId => {
  let db: Knex;
  let sync: TestSync;
  let source: FakeTicketSource;

  const addScope = (project: string) =>
    sync.addServiceWithScope(project, {
      sourceId: source.id,
      container: project,
    });

  beforeAll(async () => {
    db = await databases.init(databaseId);
  });

  beforeEach(async () => {
    await emptyDatabase(db);
    source = FakeTicketSource.create({ pageSize: 50 });
    sync = await TestSync.create(db, { ticketSources: [source] });
    await addScope('acme');
  });

  afterEach(async () => {
    await sync.stopAll();
    jest.restoreAllMocks();
    // Jest fails the test that leaves a rejection behind that nobody handles.
    await new Promise(setImmediate);
  });

  /** A replica that has read every scope. */
  async function started(...options: Parameters<typeof Replica.create>[1][]) {
    const replica = Replica.create(sync, ...options);
    await sync.runAll(replica.engine);
    return replica;
  }

  /** Makes hinted reads take a while, and counts them. */
  function slowed(wait: () => Promise<void>) {
    const readHinted = source.readHinted.bind(source);
    const spy = jest.spyOn(source, 'readHinted');
    spy.mockImplementation(async function* slow(...args) {
      await wait();
      yield* readHinted(...args);
    });
    return spy;
  }

  const openCount = async (name = 'acme') =>
    (await sync.backlog(name)).openCount;

  const changes = () => jest.spyOn(source, 'changes');

  describe('reading', () => {
    it('shows without delay what an event hints at, and leaves runs as they are', async () => {
      const { engine, subscriber } = await started();
      slowed(() => pause(50));
      const before = await sync.scope('acme');
      const [id] = await source.upstream.create(IMPROVEMENT);
      const event = await source.upstream.eventOf(id);
      const began = Date.now();
      subscriber.take(event);
      await eventually(async () => expect(await openCount()).toBe(1));
      // Less than a second on a machine that does nothing else.
      expect(Date.now() - began).toBeLessThan(3_000);
      await engine.idle();
      expect(await sync.scope('acme')).toEqual({
        ...before,
        requests: before.requests + 1,
      });

      await source.upstream.close(id);
      subscriber.take(event);
      await eventually(async () => expect(await openCount()).toBe(0));
    });

    it('never takes figures from the event', async () => {
      const { engine, subscriber } = await started();
      const [id] = await source.upstream.create(IMPROVEMENT);
      const { topic, eventPayload } = await source.upstream.eventOf(id);
      subscriber.take({
        topic,
        eventPayload: { ...(eventPayload as object), state: 'done' },
      });
      await eventually(async () => expect(await openCount()).toBe(1));
      await engine.idle();
    });

    it('reads a storm of events about some tickets a few times', async () => {
      const { engine, subscriber } = await started();
      const reads = slowed(() => pause(20));
      const polls = changes();
      const ids = await source.upstream.create(
        IMPROVEMENT,
        IMPROVEMENT,
        IMPROVEMENT,
      );
      for (let n = 0; n < 10_000; n++) {
        if (n % 1_000 === 0) await pause(5);
        subscriber.take(await source.upstream.eventOf(ids[n % ids.length]));
      }
      await source.upstream.close(ids[0]);
      subscriber.take(await source.upstream.eventOf(ids[0]));
      await eventually(async () => expect(await openCount()).toBe(2));
      await engine.idle();
      expect(reads.mock.calls.length).toBeLessThan(10);
      expect(polls).not.toHaveBeenCalled();
    });

    it('reads the whole scope where more is hinted at than is worth naming', async () => {
      const { subscriber } = await started();
      const polls = changes();
      const gate = new Gate();
      const reads = slowed(() => gate.passed);
      const [first, ...others] = await source.upstream.create(
        ...Array.from({ length: 102 }, () => IMPROVEMENT),
      );
      subscriber.take(await source.upstream.eventOf(first));
      await eventually(() => expect(reads).toHaveBeenCalledTimes(1));
      for (const id of others) {
        subscriber.take(await source.upstream.eventOf(id));
      }
      gate.open();
      await eventually(async () => expect(await openCount()).toBe(102));
      expect(polls).toHaveBeenCalledTimes(1);
    });

    it('reads the whole scope where the source cannot read single tickets', async () => {
      Object.assign(source, { readHinted: undefined });
      const { subscriber } = await started();
      const [id] = await source.upstream.create(IMPROVEMENT);
      subscriber.take(await source.upstream.eventOf(id));
      await eventually(async () => expect(await openCount()).toBe(1));
    });

    it('compares the whole scope soon when a ticket is gone', async () => {
      const [gone] = await source.upstream.create(IMPROVEMENT, IMPROVEMENT);
      const { subscriber, engine } = await started();
      await sync.runAll(engine);
      expect(await openCount()).toBe(2);
      const event = await source.upstream.eventOf(gone);
      await source.upstream.delete(gone);
      subscriber.take(event);
      await eventually(async () => expect(await openCount()).toBe(1));
    });

    it('reads experiments', async () => {
      const experiments = FakeExperimentSource.create();
      sync = await TestSync.create(db, { experimentSources: [experiments] });
      const [{ key }] = experiments.scopes();
      await sync.store.addScope({
        key,
        kind: 'experiment',
        sourceId: experiments.id,
      });
      const { engine, subscriber } = await started();
      const id = await experiments.upstream.add({});
      const event = await experiments.upstream.eventOf(id);
      subscriber.take(event);
      await eventually(async () =>
        expect(await db('experiments').pluck('state')).toEqual(['running']),
      );
      await experiments.upstream.end(id, 'completed');
      subscriber.take(event);
      await eventually(async () =>
        expect(await db('experiments').pluck('state')).toEqual(['completed']),
      );
      await engine.idle();
    });
  });

  describe('beside runs', () => {
    it('lets a run that goes on run once more instead', async () => {
      const { engine, subscriber } = await started();
      const reads = jest.spyOn(source, 'readHinted');
      const gate = new Gate();
      const read = source.changes.bind(source);
      const polls = changes().mockImplementation(async function* held(...args) {
        yield* read(...args);
        await gate.passed;
      });
      await db('scopes').update({ next_run_at: 0 });
      await engine.tick();
      await eventually(() => expect(polls).toHaveBeenCalledTimes(1));
      const [id] = await source.upstream.create(IMPROVEMENT);
      subscriber.take(await source.upstream.eventOf(id));
      await engine.tick();
      gate.open();
      await eventually(async () => expect(await openCount()).toBe(1));
      await engine.idle();
      expect(reads).not.toHaveBeenCalled();
      expect(polls).toHaveBeenCalledTimes(2);
    });

    it('reads nothing of a scope before its first run has ended', async () => {
      const reads = jest.spyOn(source, 'readHinted');
      const { engine, subscriber } = Replica.create(sync);
      const [id] = await source.upstream.create(IMPROVEMENT);
      subscriber.take(await source.upstream.eventOf(id));
      await eventually(async () => expect(await openCount()).toBe(1));
      await engine.idle();
      expect(reads).not.toHaveBeenCalled();
    });

    it('asks nothing of the upstream for scopes that no service names', async () => {
      const { engine, subscriber } = await started();
      const before = source.upstream.requests();
      for (let n = 0; n < 50; n++) {
        subscriber.take({
          topic: FAKE_TICKETS_TOPIC,
          eventPayload: { tracker: source.id, project: `p${n}`, ticket: '1' },
        });
      }
      await engine.tick();
      await engine.idle();
      expect(source.upstream.requests()).toBe(before);
      expect(await db('scopes').pluck('key')).toEqual(['acme']);
    });

    it('leaves a scope that fails to its next run', async () => {
      const { engine, subscriber } = await started();
      const [id] = await source.upstream.create(IMPROVEMENT);
      await source.upstream.fail('down');
      await sync.runAll(engine);
      const failing = await sync.scope('acme');
      await source.upstream.heal();
      const before = source.upstream.requests();
      subscriber.take(await source.upstream.eventOf(id));
      await engine.tick();
      await engine.idle();
      expect(source.upstream.requests()).toBe(before);
      expect(await sync.scope('acme')).toEqual(failing);
    });

    it('does not keep a request of people waiting', async () => {
      const { engine, subscriber } = await started();
      const gate = new Gate();
      const reads = slowed(() => gate.passed);
      const polls = changes();
      const [id] = await source.upstream.create(IMPROVEMENT);
      subscriber.take(await source.upstream.eventOf(id));
      await eventually(() => expect(reads).toHaveBeenCalledTimes(1));
      await sync.requests(engine).request({ sourceId: source.id });
      gate.open();
      await eventually(() => expect(polls).toHaveBeenCalledTimes(1));
    });

    it('shares events between replicas without reading twice at once', async () => {
      const first = await started();
      const second = Replica.create(sync);
      let atOnce = 0;
      let most = 0;
      slowed(async () => {
        atOnce += 1;
        most = Math.max(most, atOnce);
        await pause(30);
        atOnce -= 1;
      });
      const ids = await source.upstream.create(IMPROVEMENT, IMPROVEMENT);
      for (let n = 0; n < 20; n++) {
        first.subscriber.take(await source.upstream.eventOf(ids[0]));
        second.subscriber.take(await source.upstream.eventOf(ids[1]));
        await pause(5);
      }
      await source.upstream.close(ids[1]);
      second.subscriber.take(await source.upstream.eventOf(ids[1]));
      await eventually(async () => expect(await openCount()).toBe(1));
      expect(most).toBe(1);
      await first.engine.idle();
      await second.engine.idle();
    });
  });

  describe('failures', () => {
    it('are left to a run, and do not make the scope fail', async () => {
      const { engine, subscriber } = await started();
      const before = await sync.scope('acme');
      const [id] = await source.upstream.create(IMPROVEMENT);
      await source.upstream.fail('down');
      subscriber.take(await source.upstream.eventOf(id));
      await eventually(() =>
        expect(sync.logger.warn).toHaveBeenCalledWith(
          expect.stringContaining('the connection was refused'),
        ),
      );
      await engine.idle();
      const after = await sync.scope('acme');
      expect(after).toMatchObject({
        lastError: null,
        failingSince: null,
        consecutiveFailures: 0,
        cursor: before.cursor,
        claimToken: null,
      });
      expect(after.nextRunAt).toBeLessThan(before.nextRunAt);
      expect(after.nextRunAt).toBeGreaterThan(Date.now() + 10_000);

      // Until then, further events cost nothing.
      const requests = source.upstream.requests();
      subscriber.take(await source.upstream.eventOf(id));
      await engine.tick();
      await engine.idle();
      expect(source.upstream.requests()).toBe(requests);
      expect(sync.logger.warn).toHaveBeenCalledTimes(1);
    });

    it('wait as long as the upstream asks, in all scopes of the source', async () => {
      await addScope('other');
      const { engine, subscriber } = await started();
      const reads = jest.spyOn(source, 'readHinted');
      reads.mockImplementation(limited);
      const [id] = await source.upstream.create(IMPROVEMENT);
      const [other] = await source.upstream.createIn('other', IMPROVEMENT);
      subscriber.take(await source.upstream.eventOf(id));
      await eventually(() => expect(sync.logger.warn).toHaveBeenCalledTimes(1));
      await engine.idle();
      subscriber.take(await source.upstream.eventOf(other));
      await engine.tick();
      await engine.idle();
      expect(reads).toHaveBeenCalledTimes(1);
      const { failingSince, nextRunAt } = await sync.scope('acme');
      expect(failingSince).toBeNull();
      expect(nextRunAt).toBeGreaterThan(Date.now() + 200_000);
      expect(nextRunAt).toBeLessThan(Date.now() + 310_000);
    });

    it('to answer at all end, and keep room for other sources meanwhile', async () => {
      const other = FakeTicketSource.create({ id: 'fake:other' });
      sync = await TestSync.create(db, { ticketSources: [source, other] });
      await sync.addServiceWithScope('well', {
        sourceId: other.id,
        container: 'well',
      });
      for (const name of ['b', 'c']) await addScope(name);
      const { engine, subscriber } = await started({
        concurrency: 2,
        stallMs: 400,
      });
      const reads = slowed(() => new Promise(() => {}));
      for (const project of ['acme', 'b', 'c']) {
        const [id] = await source.upstream.createIn(project, IMPROVEMENT);
        subscriber.take(await source.upstream.eventOf(id));
      }
      await eventually(() => expect(reads).toHaveBeenCalledTimes(1));
      const [id] = await other.upstream.createIn('well', IMPROVEMENT);
      subscriber.take(await other.upstream.eventOf(id));
      await eventually(async () => expect(await openCount('well')).toBe(1));
      await eventually(() => expect(reads).toHaveBeenCalledTimes(3));
      await engine.idle();
      expect(sync.logger.warn).toHaveBeenCalledWith(
        expect.stringContaining('gave no answer within 0.4 seconds'),
      );
      expect(await db('scopes').pluck('claim_token')).toEqual(
        Array(4).fill(null),
      );
    });

    it('of the database lose no hint', async () => {
      const { engine, subscriber } = await started();
      const storePage = jest
        .spyOn(sync.tickets, 'storePage')
        .mockRejectedValueOnce(new Error('The disk is full'));
      const [id] = await source.upstream.create(IMPROVEMENT);
      subscriber.take(await source.upstream.eventOf(id));
      await eventually(() => expect(storePage).toHaveBeenCalledTimes(1));
      await engine.idle();
      expect((await sync.scope('acme')).failingSince).toBeNull();
      await sync.runAll(engine);
      expect(await openCount()).toBe(1);
    });
  });

  it('leaves to others what it reads when it stops', async () => {
    await addScope('waits');
    const { engine, subscriber } = await started({ concurrency: 1 });
    const reads = slowed(() => new Promise(() => {}));
    for (const project of ['acme', 'waits']) {
      const [id] = await source.upstream.createIn(project, IMPROVEMENT);
      subscriber.take(await source.upstream.eventOf(id));
    }
    await eventually(() => expect(reads).toHaveBeenCalledTimes(1));
    await engine.stop();
    expect(await db('scopes').pluck('claim_token')).toEqual([null, null]);
    jest.restoreAllMocks();

    const next = Replica.create(sync);
    await next.engine.tick();
    await next.engine.idle();
    expect([await openCount(), await openCount('waits')]).toEqual([1, 1]);
  });
});
