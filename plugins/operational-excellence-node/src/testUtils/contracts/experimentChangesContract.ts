import {
  countsAsGameDay,
  FIS_ENTITY_REF_TAG,
} from 'backstage-plugin-operational-excellence-common';
import { ContractTests, provided } from './capabilities';
import { ExperimentRun } from './ExperimentRun';
import type { ExperimentSourceSubject } from './experimentSourceContract';
import {
  ExperimentCapability,
  ExperimentUpstreamDriver,
} from './ExperimentUpstreamDriver';
import {
  expectInstant,
  expectSameMembers,
  expectWebAddress,
} from './expectations';

const REAL = { tags: {}, dryRun: false };

async function startSome(upstream: ExperimentUpstreamDriver, count: number) {
  const ids: string[] = [];
  for (let index = 0; index < count; index++) {
    const id = await upstream.start(REAL);
    await upstream.end(id, 'completed');
    ids.push(id);
  }
  return ids;
}

/** What `changes` gives. */
export function experimentChangesContract(
  tests: ContractTests<ExperimentCapability>,
  current: () => ExperimentSourceSubject,
): void {
  const begin = () => {
    const { source, upstream } = current();
    return { source, upstream, run: ExperimentRun.of(source) };
  };

  describe('changes', () => {
    tests.test('gives a page where no experiment ever ran', async () => {
      const { source, run } = begin();
      await source.verify({ signal: new AbortController().signal });
      const pages = await run.read();
      expect(pages.length).toBeGreaterThan(0);
      expect(run.stored.size).toBe(0);
    });

    tests.test('follows an experiment until it has ended', async () => {
      const { upstream, run } = begin();
      const id = await upstream.start({
        tags: { team: 'payments' },
        dryRun: false,
      });
      await run.read();
      const running = run.stored.get(id)!;
      expect(running).toMatchObject({
        externalId: id,
        state: 'running',
        endedAt: null,
        dryRun: false,
      });
      expect(running.tags).toMatchObject({ team: 'payments' });
      expect(running.accountId).not.toBe('');
      expect(running.region).not.toBe('');
      if (running.url !== null) expectWebAddress(running.url);
      expectInstant(running.createdAt);
      expectInstant(running.startedAt!);

      await upstream.end(id, 'completed');
      await run.read();
      const ended = run.stored.get(id)!;
      expect(ended).toMatchObject({
        state: 'completed',
        createdAt: running.createdAt,
        startedAt: running.startedAt,
      });
      expectInstant(ended.endedAt!);
      expect(ended.endedAt).toBeGreaterThanOrEqual(ended.startedAt!);
      expect(countsAsGameDay(ended)).toBe(true);
    });

    tests.test('counts what was stopped while it ran', async () => {
      const { upstream, run } = begin();
      const id = await upstream.start(REAL);
      await upstream.end(id, 'stopped');
      await run.read();
      expect(run.stored.get(id)?.state).toBe('stopped');
      expect(countsAsGameDay(run.stored.get(id)!)).toBe(true);
    });

    tests.test('flags a dry run', async () => {
      const { upstream, run } = begin();
      const id = await upstream.start({ tags: {}, dryRun: true });
      await upstream.end(id, 'completed');
      await run.read();
      expect(run.stored.get(id)).toMatchObject({
        state: 'completed',
        dryRun: true,
      });
      expect(countsAsGameDay(run.stored.get(id)!)).toBe(false);
    });

    tests.test(
      'knows that nothing ran',
      { needs: ['endUnstarted'] },
      async () => {
        const { upstream, run } = begin();
        const id = await provided(
          upstream.endUnstarted?.bind(upstream),
          'endUnstarted',
        )();
        await run.read();
        expect(run.stored.get(id)?.startedAt).toBeNull();
        expect(countsAsGameDay(run.stored.get(id)!)).toBe(false);
      },
    );

    tests.test('names the services that an experiment names', async () => {
      const { upstream, run } = begin();
      const named = await upstream.start({
        tags: { [FIS_ENTITY_REF_TAG]: 'component:default/payments' },
        dryRun: false,
      });
      const unnamed = await upstream.start(REAL);
      await run.read();
      expect(run.stored.get(named)?.entityRefs).toEqual([
        'component:default/payments',
      ]);
      expect(run.stored.get(unnamed)?.entityRefs).toEqual([]);
    });

    tests.test(
      'does not read again what has ended, but what has not',
      { needs: ['readsOf'] },
      async () => {
        const { upstream, run } = begin();
        const readsOf = provided(upstream.readsOf?.bind(upstream), 'readsOf');
        const [ended] = await startSome(upstream, 1);
        const running = await upstream.start(REAL);
        await run.read();
        const before = [readsOf(ended), readsOf(running)];
        expect(Math.min(...before)).toBeGreaterThan(0);

        await run.read();
        expect(readsOf(ended)).toBe(before[0]);
        expect(readsOf(running)).toBeGreaterThan(before[1]);
      },
    );

    tests.test(
      'notices changed tags of what has ended',
      { needs: ['tag'] },
      async () => {
        const { upstream, run } = begin();
        const [id] = await startSome(upstream, 1);
        await run.read();
        await provided(upstream.tag?.bind(upstream), 'tag')(id, {
          [FIS_ENTITY_REF_TAG]: 'component:default/checkout',
        });
        await run.read();
        expect(run.stored.get(id)).toMatchObject({
          tags: { [FIS_ENTITY_REF_TAG]: 'component:default/checkout' },
          entityRefs: ['component:default/checkout'],
          state: 'completed',
        });
      },
    );

    tests.test('gives all pages, and each experiment once', async () => {
      const { upstream, run } = begin();
      const ids = await startSome(upstream, upstream.pageSize * 2 + 1);
      const pages = await run.read();
      expect(pages.length).toBeGreaterThan(2);
      expectSameMembers(
        pages.flatMap(page => page.experiments.map(e => e.externalId)),
        ids,
      );
    });

    tests.test('goes on from the cursor of any page', async () => {
      const { source, upstream } = begin();
      const ids = await startSome(upstream, upstream.pageSize * 2 + 1);
      const pages = await ExperimentRun.of(source).read();
      for (let count = 1; count <= pages.length; count++) {
        const run = ExperimentRun.of(source);
        await run.read({ pages: count });
        await run.read();
        expectSameMembers([...run.stored.keys()], ids);
      }
    });

    tests.test('reports how many requests it took', async () => {
      const { upstream, run } = begin();
      await startSome(upstream, upstream.pageSize + 1);
      for (let repeat = 0; repeat < 2; repeat++) {
        const before = upstream.requests();
        const pages = await run.read();
        expect(pages.reduce((sum, page) => sum + page.requests, 0)).toBe(
          upstream.requests() - before,
        );
      }
    });

    tests.test(
      'does not name what the upstream has forgotten',
      { needs: ['forget'] },
      async () => {
        const { source, upstream, run } = begin();
        const [forgotten, remembered] = await startSome(upstream, 2);
        await run.read();
        await provided(upstream.forget?.bind(upstream), 'forget')(forgotten);
        await run.read();
        // What is stored of it stays.
        expectSameMembers([...run.stored.keys()], [forgotten, remembered]);
        const fresh = ExperimentRun.of(source);
        await fresh.read();
        expect([...fresh.stored.keys()]).toEqual([remembered]);
      },
    );
  });
}
