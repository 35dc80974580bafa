import {
  Ticket,
  TicketPage,
  TicketSource,
  TicketSyncScope,
} from '../../sources';
import { TicketUpstreamDriver } from './TicketUpstreamDriver';

/** No run of a contract takes more pages; ends one that goes in circles. */
const MAX_PAGES = 200;

/** Reads the scope under test as the backend would. */
export class TicketRun {
  readonly #source: TicketSource;
  readonly #scope: TicketSyncScope;

  static of(subject: {
    source: TicketSource;
    upstream: TicketUpstreamDriver;
  }): TicketRun {
    const { source, upstream } = subject;
    const scopes = source.scopesFor(upstream.service);
    if (scopes.length === 0) {
      throw new Error('The driver names a service without a scope');
    }
    const { key } = scopes[0];
    const containers = scopes
      .filter(scope => scope.key === key)
      .map(scope => scope.matcher.container);
    return new TicketRun(source, {
      key,
      containers: [...new Set(containers)],
    });
  }

  private constructor(source: TicketSource, scope: TicketSyncScope) {
    this.#source = source;
    this.#scope = scope;
  }

  get scope(): TicketSyncScope {
    return this.#scope;
  }

  async pages(
    options: { cursor?: string; signal?: AbortSignal } = {},
  ): Promise<TicketPage[]> {
    const pages: TicketPage[] = [];
    const { cursor, signal = new AbortController().signal } = options;
    for await (const page of this.#source.changes(this.#scope, {
      cursor,
      signal,
    })) {
      pages.push(page);
      if (pages.length > MAX_PAGES) throw new Error('The run has no end');
    }
    return pages;
  }

  /** A run that is expected to fail on the way: what it gave, and the error. */
  async interrupted(): Promise<{ pages: TicketPage[]; error: unknown }> {
    const pages: TicketPage[] = [];
    try {
      for await (const page of this.#source.changes(this.#scope, {
        signal: new AbortController().signal,
      })) {
        pages.push(page);
      }
    } catch (error) {
      return { pages, error };
    }
    return { pages, error: undefined };
  }

  /** The ids of what still exists. */
  async existing(): Promise<string[]> {
    const ids: string[] = [];
    for await (const page of this.#source.reconcile!(this.#scope, {
      signal: new AbortController().signal,
    })) {
      ids.push(...page);
    }
    return ids;
  }
}

/** The tickets of some pages as they are stored: the last word on each counts. */
export function stored(pages: TicketPage[]): Map<string, Ticket> {
  const tickets = new Map<string, Ticket>();
  for (const page of pages) {
    for (const ticket of page.tickets) tickets.set(ticket.externalId, ticket);
    for (const id of page.removed ?? []) tickets.delete(id);
  }
  return tickets;
}
