import { TicketSource } from '../../sources';
import { ContractTests, Lacks } from './capabilities';
import { sourceFailuresContract } from './sourceFailuresContract';
import { ticketAnnotationsContract } from './ticketAnnotationsContract';
import { ticketChangesContract } from './ticketChangesContract';
import { ticketEventsContract } from './ticketEventsContract';
import { ticketFilingContract } from './ticketFilingContract';
import { TicketRun } from './TicketRun';
import { TicketCapability, TicketUpstreamDriver } from './TicketUpstreamDriver';

/**
 * A ticket source and the tracker behind it.
 *
 * @public
 */
export interface TicketSourceSubject {
  source: TicketSource;
  upstream: TicketUpstreamDriver;
  /** Called after each test. */
  close(): Promise<void>;
}

/** @public */
export interface TicketSourceContractOptions {
  name: string;
  /**
   * Called for each test. The source should give up early, so that the failures
   * do not take long: a time-out and waits of less than a second, and a circuit
   * breaker that tries again within one.
   */
  create(): Promise<TicketSourceSubject>;
  /** What is lacking, and why. */
  lacks?: Lacks<TicketCapability>;
  /** For each test; 30 000 if left out. */
  timeoutMs?: number;
}

/**
 * Defines the tests that every ticket source passes. Call it at the top level of
 * a test file, or within a `describe`.
 *
 * @public
 */
export function ticketSourceContract(
  options: TicketSourceContractOptions,
): void {
  const tests = new ContractTests(
    options.lacks ?? {},
    options.timeoutMs ?? 30_000,
  );

  describe(`${options.name} keeps the contract of a ticket source`, () => {
    let subject: TicketSourceSubject;
    beforeEach(async () => {
      subject = await options.create();
    });
    afterEach(() => subject.close());

    const current = () => subject;
    ticketAnnotationsContract(tests, current);
    ticketChangesContract(tests, current);
    ticketFilingContract(tests, current);
    ticketEventsContract(tests, current);
    sourceFailuresContract(tests, () => {
      const { source, upstream } = subject;
      const run = TicketRun.of(subject);
      return {
        id: source.id,
        upstream,
        verify: signal => source.verify({ signal }),
        read: async (signal, cursor) => {
          const pages = await run.pages({ signal, cursor });
          return pages.map(page => page.tickets.map(t => t.externalId)).flat();
        },
        add: async count =>
          upstream.create(
            ...Array.from({ length: count }, (_, i) => ({
              title: `Ticket ${i}`,
              improvement: true,
            })),
          ),
        interrupted: async () => {
          const { pages, error } = await run.interrupted();
          return {
            error,
            seen: pages.flatMap(page => page.tickets.map(t => t.externalId)),
            cursor: pages.at(-1)?.cursor,
          };
        },
        pageSize: upstream.pageSize,
      };
    });
  });
}
