import { ContractTests, provided } from './capabilities';
import {
  expectInstant,
  expectSameMembers,
  expectWebAddress,
} from './expectations';
import { stored, TicketRun } from './TicketRun';
import type { TicketSourceSubject } from './ticketSourceContract';
import { TicketCapability } from './TicketUpstreamDriver';

function someTickets(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    title: `Ticket ${index + 1}`,
    improvement: index % 2 === 0,
  }));
}

/** What `changes` and `reconcile` give. */
export function ticketChangesContract(
  tests: ContractTests<TicketCapability>,
  current: () => TicketSourceSubject,
): void {
  const begin = () => {
    const subject = current();
    return { ...subject, run: TicketRun.of(subject) };
  };
  /** A little more than two pages, however large they are. */
  const beyondTwoPages = (pageSize: number) => someTickets(pageSize * 2 + 1);

  describe('changes', () => {
    tests.test('gives a page without tickets for an empty scope', async () => {
      const { source, run } = begin();
      await source.verify({ signal: new AbortController().signal });
      const pages = await run.pages();
      expect(pages.length).toBeGreaterThan(0);
      expect(pages.flatMap(page => page.tickets)).toEqual([]);
      expect(pages.at(-1)!.cursor).not.toBe('');
    });

    tests.test('gives what was created', async () => {
      const { source, upstream, run } = begin();
      const [first, second] = await upstream.create(
        { title: 'Rotate the keys', improvement: true },
        { title: 'Fix "quotes" & <b>tags</b>', improvement: false },
      );
      const tickets = stored(await run.pages());
      expectSameMembers([...tickets.keys()], [first, second]);
      expect(tickets.get(first)).toMatchObject({
        externalId: first,
        title: 'Rotate the keys',
        state: 'open',
        improvement: true,
        closedAt: null,
      });
      expect(tickets.get(second)).toMatchObject({
        title: 'Fix "quotes" & <b>tags</b>',
        improvement: false,
      });

      const matchers = source
        .scopesFor(upstream.service)
        .map(scope => scope.matcher);
      for (const ticket of tickets.values()) {
        expect(ticket.key).not.toBe('');
        if (ticket.url !== null) expectWebAddress(ticket.url);
        expectInstant(ticket.createdAt);
        expectInstant(ticket.updatedAt);
        expect(ticket.updatedAt).toBeGreaterThanOrEqual(ticket.createdAt);
        // It is matched to the service that names the scope.
        const isMatched = matchers.some(
          ({ container, allOf = [] }) =>
            container === ticket.container &&
            allOf.every(facet => ticket.facets.includes(facet)),
        );
        expect(isMatched).toBe(true);
      }
    });

    tests.test('gives all pages, and each ticket once', async () => {
      const { upstream, run } = begin();
      const created = await upstream.create(
        ...beyondTwoPages(upstream.pageSize),
      );
      const pages = await run.pages();
      expect(pages.length).toBeGreaterThan(2);
      expectSameMembers(
        pages.flatMap(page => page.tickets.map(t => t.externalId)),
        created,
      );
    });

    tests.test('goes on from the cursor of any page', async () => {
      const { upstream, run } = begin();
      const created = await upstream.create(
        ...beyondTwoPages(upstream.pageSize),
      );
      const pages = await run.pages();
      for (let index = 0; index < pages.length; index++) {
        const before = pages.slice(0, index + 1);
        const after = await run.pages({ cursor: pages[index].cursor });
        expectSameMembers([...stored([...before, ...after]).keys()], created);
      }
    });

    tests.test('gives a page where nothing changed, and goes on', async () => {
      const { upstream, run } = begin();
      const [first] = await upstream.create(...someTickets(1));
      let cursor = (await run.pages()).at(-1)!.cursor;
      for (let repeat = 0; repeat < 3; repeat++) {
        const pages = await run.pages({ cursor });
        expect(pages.length).toBeGreaterThan(0);
        cursor = pages.at(-1)!.cursor;
      }
      const [second] = await upstream.create({
        title: 'Later',
        improvement: true,
      });
      const later = stored(await run.pages({ cursor }));
      expect([...later.keys()]).toContain(second);
      expect([first, second]).toEqual(
        expect.arrayContaining([...later.keys()]),
      );
    });

    tests.test(
      'does not miss a change at the second of the newest one seen',
      async () => {
        const { upstream, run } = begin();
        const [first, second] = await upstream.create(...someTickets(2));
        const { cursor } = (await run.pages()).at(-1)!;
        // At once, so within the second, or right after it.
        await upstream.close(first);
        const [third] = await upstream.create(...someTickets(1));
        const tickets = stored(await run.pages({ cursor }));
        expect(tickets.get(first)?.state).toBe('done');
        expect([...tickets.keys()]).toContain(third);
        expect([first, second, third]).toEqual(
          expect.arrayContaining([...tickets.keys()]),
        );
      },
    );

    tests.test(
      'does not miss what the tracker lists late',
      { needs: ['unindexed'] },
      async () => {
        const { upstream, run } = begin();
        const createUnindexed = provided(
          upstream.createUnindexed?.bind(upstream),
          'createUnindexed',
        );
        const late = await createUnindexed({ title: 'A', improvement: true });
        await upstream.create(...someTickets(1));
        const pages = await run.pages();
        expect([...stored(pages).keys()]).not.toContain(late.externalId);
        await late.index();
        const again = await run.pages({ cursor: pages.at(-1)!.cursor });
        expect([...stored(again).keys()]).toContain(late.externalId);
      },
    );

    tests.test('knows when a ticket was closed, and reopened', async () => {
      const { upstream, run } = begin();
      const [id] = await upstream.create(...someTickets(1));
      const first = await run.pages();
      const { createdAt } = stored(first).get(id)!;

      await upstream.close(id);
      const second = await run.pages({ cursor: first.at(-1)!.cursor });
      const closed = stored(second).get(id)!;
      expect(closed).toMatchObject({ state: 'done', createdAt });
      expectInstant(closed.closedAt!);
      expect(closed.closedAt).toBeGreaterThanOrEqual(createdAt);

      await upstream.reopen(id);
      const third = await run.pages({ cursor: second.at(-1)!.cursor });
      const reopened = stored(third).get(id)!;
      expect(reopened).toMatchObject({ closedAt: null, createdAt });
      expect(reopened.state).not.toBe('done');
    });

    tests.test(
      'knows that work on a ticket began',
      { needs: ['begin'] },
      async () => {
        const { upstream, run } = begin();
        const [id] = await upstream.create(...someTickets(1));
        const { cursor } = (await run.pages()).at(-1)!;
        await provided(upstream.begin?.bind(upstream), 'begin')(id);
        const ticket = stored(await run.pages({ cursor })).get(id)!;
        expect(ticket).toMatchObject({ state: 'in-progress', closedAt: null });
        expectInstant(ticket.startedAt!);
      },
    );

    tests.test(
      'follows what becomes an improvement, or ceases to',
      async () => {
        const { upstream, run } = begin();
        const [was, becomes] = await upstream.create(
          { title: 'Was one', improvement: true },
          { title: 'Becomes one', improvement: false },
        );
        const first = await run.pages();
        expect(stored(first).get(was)?.improvement).toBe(true);
        expect(stored(first).get(becomes)?.improvement).toBe(false);

        await upstream.classify(was, false);
        await upstream.classify(becomes, true);
        const second = await run.pages({ cursor: first.at(-1)!.cursor });
        expect(stored(second).get(was)?.improvement).toBe(false);
        expect(stored(second).get(becomes)?.improvement).toBe(true);
      },
    );

    tests.test(
      'leaves out what is no ticket',
      { needs: ['noise'] },
      async () => {
        const { upstream, run } = begin();
        const createNoise = provided(
          upstream.createNoise?.bind(upstream),
          'createNoise',
        );
        await createNoise();
        const created = await upstream.create(...someTickets(1));
        await createNoise();
        expect([...stored(await run.pages()).keys()]).toEqual(created);
      },
    );

    tests.test('asks once per page, and once more at most', async () => {
      const { upstream, run } = begin();
      const tickets = beyondTwoPages(upstream.pageSize);
      await upstream.create(...tickets);
      const changedPages = Math.ceil(tickets.length / upstream.pageSize);
      let cursor: string | undefined;
      // The first run reads everything, the second one what overlaps.
      for (let repeat = 0; repeat < 2; repeat++) {
        const before = upstream.requests();
        const pages = await run.pages({ cursor });
        const asked = upstream.requests() - before;
        expect(asked).toBeLessThanOrEqual(changedPages + 1);
        const told = pages.reduce((sum, page) => sum + page.requests, 0);
        expect(told).toBe(asked);
        cursor = pages.at(-1)!.cursor;
      }
    });

    tests.test('stops between pages when it is aborted', async () => {
      const { source, upstream, run } = begin();
      await upstream.create(...beyondTwoPages(upstream.pageSize));
      const controller = new AbortController();
      const pages: unknown[] = [];
      const reading = (async () => {
        for await (const page of source.changes(run.scope, {
          signal: controller.signal,
        })) {
          pages.push(page);
          controller.abort();
        }
      })();
      await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
      expect(pages).toHaveLength(1);
    });
  });

  describe('reconcile', () => {
    tests.test(
      'names all that exists, each once',
      { needs: ['reconcile'] },
      async () => {
        const { upstream, run } = begin();
        expect(await run.existing()).toEqual([]);
        const created = await upstream.create(
          ...beyondTwoPages(upstream.pageSize),
        );
        await upstream.close(created[0]);
        expectSameMembers(await run.existing(), created);
      },
    );

    tests.test(
      'no longer names what was deleted',
      { needs: ['reconcile', 'delete'] },
      async () => {
        const { upstream, run } = begin();
        const [gone, stays] = await upstream.create(...someTickets(2));
        await run.pages();
        await provided(upstream.delete?.bind(upstream), 'delete')(gone);
        expect(await run.existing()).toEqual([stays]);
      },
    );

    tests.test('is there unless it is said to be lacking', async () => {
      const { source } = current();
      expect(source.reconcile !== undefined).toBe(
        !tests.isLacking('reconcile'),
      );
      expect(source.file !== undefined).toBe(!tests.isLacking('file'));
      expect(source.findFiled !== undefined).toBe(!tests.isLacking('file'));
    });
  });
}
