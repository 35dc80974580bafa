import { TestDatabases } from '@backstage/backend-test-utils';
import { StatusUpdater } from '../../status';
import { emptyDatabase } from '../../sync/__testUtils__/emptyDatabase';
import { eventually } from '../../sync/__testUtils__/TestSync';
import { Knex } from 'knex';
import { FilingBehaviour } from '../__testUtils__/ScriptedTracker';
import { TestFiling } from '../__testUtils__/TestFiling';
import { Delivery } from './Delivery';
import { OutboxClaims } from './OutboxClaims';

const TITLE = 'Fail over without hands';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('Outbox on %s', databaseId => {
  let db: Knex;
  let test: TestFiling;

  beforeAll(async () => {
    db = await databases.init(databaseId);
  });

  beforeEach(async () => {
    await emptyDatabase(db);
    test = await TestFiling.create(db);
  });

  afterEach(async () => {
    await test.stopAll();
  });

  async function submit(...script: FilingBehaviour[]) {
    test.tracker.script.push(...script);
    const replica = test.replica();
    const { id } = await test.submit(replica.filing);
    return { ...replica, id };
  }

  /** Delivers all that waits, as often as it takes. */
  async function deliverAll(replica = test.replica()) {
    for (let round = 0; round < 10; round++) {
      await test.makeDue();
      await replica.outbox.tick();
      await replica.outbox.idle();
    }
  }

  async function expectFiledOnce(id: string) {
    expect(await test.upstreamTitles()).toEqual([TITLE]);
    const improvement = await test.read(id);
    expect(improvement).toMatchObject({
      delivery: { state: 'filed', reason: null, nextAttemptAt: null },
      ticket: { key: 'acme#1', state: 'open' },
      stage: 'open',
    });
    expect(await test.openCount()).toBe(1);
    expect(
      await db('improvements').first('claim_token', 'doubtful', 'external_id'),
    ).toMatchObject({ claim_token: null, external_id: '1' });
  }

  it('files at once where all is well', async () => {
    const { id } = await submit();
    await expectFiledOnce(id);
    expect((await test.read(id)).delivery.attempts).toBe(1);
    expect(test.tracker.looks).toBe(0);
  });

  it('does not count twice what sync brings then, and takes over what it says', async () => {
    const { id } = await submit();
    await test.tracker.upstream.begin('1');
    const [ticket] = await test.tracker.upstream.read(
      { projects: ['acme'], externalIds: ['1'] },
      new AbortController().signal,
    );
    await db.transaction(tx =>
      test.tickets.storePage(tx, {
        sourceId: 'fake:tickets',
        scopeId: test.scopeId,
        tickets: [ticket],
      }),
    );
    await test.recompute();
    expect(await test.openCount()).toBe(1);
    expect((await test.read(id)).ticket?.state).toBe('in-progress');
  });

  it('leaves what sync brought before as it is', async () => {
    test.tracker.script.push('created-hangs');
    const { outbox } = test.replica({ times: { callMs: 300 } });
    const id = await test.queue();
    const delivered = outbox.deliver(id, { withinMs: 5_000 });
    await eventually(async () =>
      expect(await test.upstreamTitles()).toEqual([TITLE]),
    );
    await test.tracker.upstream.close('1');
    const tickets = await test.tracker.upstream.read(
      { projects: ['acme'], externalIds: ['1'] },
      new AbortController().signal,
    );
    await db.transaction(tx =>
      test.tickets.storePage(tx, {
        sourceId: 'fake:tickets',
        scopeId: test.scopeId,
        tickets,
      }),
    );
    await test.recompute();
    await delivered;
    await deliverAll();
    expect(await test.read(id)).toMatchObject({
      ticket: { key: 'acme#1', state: 'done' },
      stage: 'evaluation-due',
    });
    expect(await test.openCount()).toBe(0);
  });

  it.each<FilingBehaviour>(['created-reset', 'created-empty'])(
    'finds what was filed where the answer was lost: %s',
    async behaviour => {
      const { id } = await submit(behaviour);
      expect((await test.read(id)).delivery).toMatchObject({
        state: 'queued',
        attempts: 1,
        reason: expect.any(String),
      });
      await deliverAll();
      await expectFiledOnce(id);
      expect((await test.read(id)).delivery.attempts).toBe(1);
    },
  );

  it('looks before it repeats what was never done', async () => {
    const { id } = await submit('reset', 'reset');
    await deliverAll();
    await expectFiledOnce(id);
    expect((await test.read(id)).delivery.attempts).toBe(3);
    expect(test.tracker.looks).toBe(2);
  });

  it('repeats nothing while it cannot look', async () => {
    const { id } = await submit('created-reset');
    test.tracker.isSearchDown = true;
    await deliverAll();
    expect(test.tracker.requests).toHaveLength(1);
    expect((await test.read(id)).delivery).toMatchObject({
      state: 'queued',
      reason: 'the connection was refused',
    });
    test.tracker.isSearchDown = false;
    await deliverAll();
    await expectFiledOnce(id);
  });

  it('does not believe a late index that there is none', async () => {
    test.tracker.findableAfter = 'PT1M';
    const { id } = await submit('created-reset');
    test.tracker.isIndexLate = true;
    await deliverAll();
    expect(test.tracker.requests).toHaveLength(1);
    expect((await test.read(id)).delivery.nextAttemptAt).not.toBeNull();
    test.tracker.isIndexLate = false;
    await deliverAll();
    await expectFiledOnce(id);
  });

  it('repeats once the index must have found it', async () => {
    test.tracker.findableAfter = 'PT1M';
    const { id } = await submit('reset');
    await deliverAll();
    expect(test.tracker.requests).toHaveLength(1);
    await test.age(61_000);
    await deliverAll();
    await expectFiledOnce(id);
    expect(test.tracker.requests).toHaveLength(2);
  });

  it('gives a slow tracker the time to come to an end', async () => {
    test.tracker.script.push('reset');
    const { filing, outbox } = test.replica({ times: { settleMs: 45_000 } });
    const { id } = await test.submit(filing);
    await deliverAll({ filing, outbox });
    expect(test.tracker.requests).toHaveLength(1);
    await test.age(46_000);
    await deliverAll({ filing, outbox });
    await expectFiledOnce(id);
  });

  it('answers in time, and goes on in the background', async () => {
    test.tracker.script.push('created-hangs');
    const { filing, outbox } = test.replica({
      times: { callMs: 1_000 },
      withinMs: 200,
    });
    const { id } = await test.submit(filing);
    expect((await test.read(id)).delivery).toMatchObject({
      state: 'queued',
      attempts: 1,
    });
    await outbox.idle();
    expect((await test.read(id)).delivery.reason).toMatch(/time|answer/i);
    await deliverAll({ filing, outbox });
    await expectFiledOnce(id);
  });

  it.each<FilingBehaviour>(['refused', 'forbidden', 'gone'])(
    'does not try again what was %s',
    async behaviour => {
      const { id } = await submit(behaviour);
      await deliverAll();
      expect((await test.read(id)).delivery).toMatchObject({
        state: 'rejected',
        attempts: 1,
        reason: expect.stringMatching(/required|archived|no such/),
      });
      expect(test.tracker.requests).toHaveLength(1);
    },
  );

  it('files what was refused once it is corrected', async () => {
    const { filing, id } = await submit('refused');
    await filing.resend(id, {
      title: TITLE,
      description: 'severity: high',
      goal: null,
      priority: null,
      origin: null,
    });
    await expectFiledOnce(id);
    expect(test.tracker.requests[1].description).toContain('severity: high');
  });

  it('waits longer each time for a tracker that is down, and files in the end', async () => {
    const { id, outbox } = await submit(...Array(12).fill('down'));
    const waits: number[] = [];
    for (let attempt = 1; attempt < 12; attempt++) {
      const { delivery } = await test.read(id);
      expect(delivery).toMatchObject({ state: 'queued', attempts: attempt });
      waits.push(Date.parse(delivery.nextAttemptAt!) - Date.now());
      await test.makeDue();
      await outbox.tick();
      await outbox.idle();
    }
    expect(waits[0]).toBeLessThanOrEqual(5_000);
    expect(waits[3]).toBeGreaterThan(waits[0]);
    expect(Math.max(...waits)).toBeLessThanOrEqual(600_000);
    expect(waits.at(-1)).toBeGreaterThan(250_000);
    await deliverAll();
    await expectFiledOnce(id);
    // Nothing was in doubt.
    expect(test.tracker.looks).toBe(0);
  });

  it('leaves a tracker alone as long as it wants', async () => {
    const { id, outbox } = await submit('limited');
    const { delivery } = await test.read(id);
    expect(Date.parse(delivery.nextAttemptAt!) - Date.now()).toBeGreaterThan(
      50_000,
    );
    await outbox.tick();
    await outbox.idle();
    expect(test.tracker.requests).toHaveLength(1);
  });

  it('files once a token is renewed that expired between two attempts', async () => {
    const { id } = await submit('down', 'unauthorized', 'unauthorized');
    await deliverAll();
    await expectFiledOnce(id);
    expect((await test.read(id)).delivery.attempts).toBe(4);
  });

  describe('a process that dies', () => {
    /** Another process finds the improvement, and what its holder left. */
    async function takenOver(id: string) {
      await test.letClaimsRunOut();
      await deliverAll(test.replica());
      await expectFiledOnce(id);
    }

    it('after it took the submission', async () => {
      await takenOver(await test.queue());
      expect(test.tracker.looks).toBe(0);
    });

    it('after it stored the submission as begun, before it asked the tracker', async () => {
      const dying = test.replica({ withinMs: 200 });
      let end = () => {};
      const run = jest
        .spyOn(Delivery.prototype, 'run')
        .mockReturnValueOnce(new Promise(resolve => (end = resolve)));
      const { id } = await test.submit(dying.filing);
      expect(run).toHaveBeenCalledTimes(1);
      run.mockRestore();
      expect(test.tracker.requests).toHaveLength(0);
      expect((await test.read(id)).delivery).toMatchObject({
        state: 'queued',
        attempts: 1,
      });
      // Nobody asks for it while its holder may live.
      const { outbox } = test.replica();
      await outbox.tick();
      await outbox.idle();
      expect(test.tracker.requests).toHaveLength(0);
      await takenOver(id);
      expect(test.tracker.looks).toBe(1);
      end();
    });

    it('after it claimed the delivery', async () => {
      const id = await test.queue();
      await db('improvements').update({
        claim_token: 'dead',
        claimed_until: Date.now() + 60_000,
      });
      const { outbox } = test.replica();
      await outbox.tick();
      await outbox.idle();
      expect(test.tracker.requests).toHaveLength(0);
      await takenOver(id);
      expect(test.tracker.looks).toBe(0);
    });

    it.each<[string, FilingBehaviour]>([
      ['before the tracker did anything', 'hangs'],
      ['after the tracker did everything', 'created-hangs'],
    ])('while it asks the tracker, %s', async (_, behaviour) => {
      const id = await test.queue();
      test.tracker.script.push(behaviour);
      const dying = test.replica();
      dying.outbox.wake();
      await eventually(() => expect(test.tracker.requests).toHaveLength(1));
      await eventually(async () =>
        expect(await test.upstreamTitles()).toHaveLength(
          behaviour === 'hangs' ? 0 : 1,
        ),
      );
      await takenOver(id);
      expect(test.tracker.looks).toBe(1);
      // Should it live after all, it changes nothing any more.
      await dying.outbox.stop();
      await expectFiledOnce(id);
    });

    it('after the tracker answered, before that is stored', async () => {
      const id = await test.queue();
      const failing = StatusUpdater.create({
        policies: [],
        experimentSourceIds: [],
      });
      jest
        .spyOn(failing, 'recomputeBacklogs')
        .mockRejectedValue(new Error('Connection terminated unexpectedly'));
      const dying = test.replica({ status: failing, times: { stopMs: 0 } });
      dying.outbox.wake();
      await eventually(async () =>
        expect(await test.upstreamTitles()).toEqual([TITLE]),
      );
      await eventually(() =>
        expect(failing.recomputeBacklogs).toHaveBeenCalled(),
      );
      await dying.outbox.stop();
      expect(await db('tickets').pluck('external_id')).toEqual([]);
      expect((await test.read(id)).delivery.state).toBe('queued');
      await takenOver(id);
    });
  });

  it('survives that the database is away when the tracker has answered', async () => {
    const status = StatusUpdater.create({
      policies: [],
      experimentSourceIds: [],
    });
    jest
      .spyOn(status, 'recomputeBacklogs')
      .mockRejectedValueOnce(new Error('Connection terminated unexpectedly'));
    const { filing } = test.replica({ status });
    const { id } = await test.submit(filing);
    expect((await test.read(id)).delivery.state).toBe('filed');
    expect(test.tracker.looks).toBe(0);
  });

  it('does not ask a tracker once it slept since the submission was stored', async () => {
    const { filing, outbox } = test.replica();
    const begun = jest
      .spyOn(OutboxClaims.prototype, 'firstAttempt')
      .mockImplementationOnce(function slept(this: OutboxClaims, ...given) {
        begun.mockRestore();
        const attempt = this.firstAttempt(...given);
        return { ...attempt, begunAt: attempt.begunAt - 60_000 };
      });
    const { id } = await test.submit(filing);
    expect((await test.read(id)).delivery).toMatchObject({
      state: 'queued',
      reason: null,
    });
    expect(test.tracker.requests).toHaveLength(0);
    await deliverAll({ filing, outbox });
    await expectFiledOnce(id);
    expect(test.tracker.requests).toHaveLength(1);
    expect(test.tracker.looks).toBe(0);
    expect((await test.read(id)).delivery.attempts).toBe(2);
  });

  it('tells who submits that nothing could be stored, and has room for the next', async () => {
    const { filing } = test.replica();
    const submission = test.submission();
    const prepared = await filing.prepare(submission, {
      filedBy: 'user:default/alice',
    });
    for (let n = 0; n < 3; n++) {
      await expect(
        filing.submit(submission, { ...prepared!, serviceId: 4711 }),
      ).rejects.toMatchObject({
        code: expect.stringMatching(/^(SQLITE_CONSTRAINT_FOREIGNKEY|23503)$/),
      });
    }
    expect(test.tracker.requests).toHaveLength(0);
    const { id } = await test.submit(filing);
    await expectFiledOnce(id);
  });

  it('gives the same answer to a client that asks again', async () => {
    const submission = test.submission();
    const first = test.replica();
    const second = test.replica();
    const answers = await Promise.all(
      [first, second, first, second].map(({ filing }) =>
        test.submit(filing, submission),
      ),
    );
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(answers.filter(({ isNew }) => isNew)).toHaveLength(1);
    await expectFiledOnce(answers[0].id);
  });

  it('shares the work of replicas, each improvement once', async () => {
    const titles = Array.from({ length: 20 }, (_, n) => `Improvement ${n}`);
    for (const title of titles) await test.queue(title);
    test.tracker.script.push(
      'reset',
      'created-reset',
      'created',
      'down',
      'created-empty',
    );
    const replicas = [test.replica(), test.replica(), test.replica()];
    for (let round = 0; round < 5; round++) {
      await test.makeDue();
      await Promise.all(replicas.map(({ outbox }) => outbox.tick()));
      await Promise.all(replicas.map(({ outbox }) => outbox.idle()));
    }
    expect((await test.upstreamTitles()).sort()).toEqual([...titles].sort());
    expect(await db('improvements').pluck('delivery_state')).toEqual(
      titles.map(() => 'filed'),
    );
    expect(new Set(await db('improvements').pluck('external_id')).size).toBe(
      titles.length,
    );
    expect(await test.openCount()).toBe(titles.length);
  });

  it('asks a tracker no more than two things at once', async () => {
    for (let n = 0; n < 5; n++) await test.queue(`Improvement ${n}`);
    test.tracker.script.push('hangs', 'hangs', 'hangs');
    const { outbox } = test.replica();
    await outbox.tick();
    await eventually(() => expect(test.tracker.requests).toHaveLength(2));
    await outbox.tick();
    expect(test.tracker.requests).toHaveLength(2);
  });

  it('asks no more than that for many who submit at once', async () => {
    test.tracker.script.push(...Array(10).fill('hangs'));
    const { filing } = test.replica({ withinMs: 500 });
    await Promise.all(Array.from({ length: 10 }, () => test.submit(filing)));
    expect(test.tracker.requests).toHaveLength(2);
    expect(await db('improvements').pluck('delivery_state')).toEqual(
      Array(10).fill('queued'),
    );
  });

  it('files for many who submit at once', async () => {
    const { filing } = test.replica();
    await Promise.all(
      Array.from({ length: 25 }, (_, n) =>
        test.submit(filing, test.submission({ title: `Improvement ${n}` })),
      ),
    );
    expect(await db('improvements').pluck('delivery_state')).toEqual(
      Array(25).fill('filed'),
    );
    expect(new Set(await test.upstreamTitles()).size).toBe(25);
    expect(await test.openCount()).toBe(25);
  });

  it('lets a delivery end when it stops, and begins no other', async () => {
    const id = await test.queue();
    const { outbox } = test.replica();
    await outbox.tick();
    await outbox.stop();
    expect((await test.read(id)).delivery.state).toBe('filed');
    await test.queue('Another one');
    outbox.wake();
    await outbox.idle();
    expect(test.tracker.requests).toHaveLength(1);
  });

  it('keeps what goes to a tracker that is not connected any more', async () => {
    const id = await test.queue();
    await db('improvements').update({ source_id: 'gone' });
    await deliverAll();
    expect(await test.read(id)).toMatchObject({
      tracker: { title: 'gone' },
      delivery: {
        state: 'queued',
        nextAttemptAt: null,
        reason: expect.stringMatching(/^The tracker is not connected/),
      },
    });
  });
});
