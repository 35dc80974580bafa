import { HintedTickets } from '../../sources';
import { ContractTests, provided } from './capabilities';
import { eventsContract, refsOf } from './events';
import { expectSameMembers } from './expectations';
import { errorOf, expectAbortError, expectUpstreamError } from './failures';
import { stored, TicketRun } from './TicketRun';
import type { TicketSourceSubject } from './ticketSourceContract';
import { TicketCapability } from './TicketUpstreamDriver';

/** What `events` and `readHinted` do. */
export function ticketEventsContract(
  tests: ContractTests<TicketCapability>,
  current: () => TicketSourceSubject,
): void {
  const begin = () => {
    const subject = current();
    const { source, upstream } = subject;
    const run = TicketRun.of(subject);
    return {
      source,
      upstream,
      run,
      refs: (...externalIds: string[]) =>
        refsOf(subject, externalIds, run.scope.key),
      readHinted: async (
        refs: string[],
        signal = new AbortController().signal,
      ) => {
        provided(source.readHinted, 'source.readHinted');
        const pieces: HintedTickets[] = [];
        for await (const piece of source.readHinted!(run.scope, {
          refs,
          signal,
        })) {
          pieces.push(piece);
        }
        return pieces;
      },
    };
  };

  describe('events', () => {
    eventsContract(tests, current);

    tests.test(
      'lead to the ticket as it is now, and to no other',
      { needs: ['events', 'hintedReads'] },
      async () => {
        const { upstream, run, refs, readHinted } = begin();
        const [id, other] = await upstream.create(
          { title: 'Rehearse the failover', improvement: true },
          { title: 'Another one', improvement: true },
        );
        const hinted = await refs(id);
        // What happens after the event was sent counts as well.
        await upstream.close(id);
        const tickets = ticketsOf(await readHinted(hinted));
        expect(tickets.map(ticket => ticket.externalId)).toEqual([id]);
        expect(tickets[0]).toMatchObject({
          title: 'Rehearse the failover',
          state: 'done',
        });
        const all = stored(await run.pages());
        expect(tickets[0]).toEqual(all.get(id));
        expectSameMembers([...all.keys()], [id, other]);
      },
    );

    tests.test(
      'lead to tickets that the rule does not class as improvements, too',
      { needs: ['events', 'hintedReads'] },
      async () => {
        const { upstream, refs, readHinted } = begin();
        const [id] = await upstream.create({
          title: 'Was one',
          improvement: true,
        });
        await upstream.classify(id, false);
        const tickets = ticketsOf(await readHinted(await refs(id)));
        expect(tickets).toMatchObject([{ externalId: id, improvement: false }]);
      },
    );

    tests.test(
      'lead to many tickets, each once, and tell the requests it took',
      { needs: ['events', 'hintedReads'] },
      async () => {
        const { upstream, refs, readHinted } = begin();
        const ids = await upstream.create(
          ...Array.from({ length: upstream.pageSize + 1 }, (_, index) => ({
            title: `Ticket ${index}`,
            improvement: true,
          })),
        );
        const hinted = await refs(...ids);
        const before = upstream.requests();
        const pieces = await readHinted(hinted);
        expect(pieces.reduce((sum, piece) => sum + piece.requests, 0)).toBe(
          upstream.requests() - before,
        );
        expectSameMembers(
          ticketsOf(pieces).map(ticket => ticket.externalId),
          ids,
        );
        expect(pieces.some(piece => piece.isOneGone)).toBe(false);
      },
    );

    tests.test(
      'lead to the knowledge that a ticket is gone, and to the others',
      { needs: ['events', 'hintedReads', 'delete'] },
      async () => {
        const { upstream, refs, readHinted } = begin();
        const [gone, left] = await upstream.create(
          { title: 'To be deleted', improvement: true },
          { title: 'To stay', improvement: true },
        );
        const hinted = await refs(gone, left);
        await provided(upstream.delete?.bind(upstream), 'delete')(gone);
        const pieces = await readHinted(hinted);
        expect(pieces.some(piece => piece.isOneGone)).toBe(true);
        expect(ticketsOf(pieces).map(ticket => ticket.externalId)).toEqual([
          left,
        ]);
      },
    );

    tests.test(
      'fail to lead to a ticket while the upstream is down',
      { needs: ['events', 'hintedReads', 'failure:down'] },
      async () => {
        const { source, upstream, refs, readHinted } = begin();
        const [id] = await upstream.create({ title: 'One', improvement: true });
        const hinted = await refs(id);
        await upstream.fail('down');
        expectUpstreamError(await errorOf(() => readHinted(hinted)), {
          kinds: ['unavailable'],
          source: source.id,
          secrets: upstream.secrets,
        });
      },
    );

    tests.test(
      'lead to nothing once the read is stopped',
      { needs: ['events', 'hintedReads'] },
      async () => {
        const { upstream, refs, readHinted } = begin();
        const [id] = await upstream.create({ title: 'One', improvement: true });
        const hinted = await refs(id);
        const error = await errorOf(() =>
          readHinted(hinted, AbortSignal.abort()),
        );
        expectAbortError(error);
      },
    );
  });
}

function ticketsOf(pieces: HintedTickets[]) {
  return pieces.flatMap(piece => piece.tickets);
}
