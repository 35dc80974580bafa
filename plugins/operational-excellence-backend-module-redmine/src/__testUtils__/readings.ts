import {
  Ticket,
  TicketPage,
} from 'backstage-plugin-operational-excellence-node';
import { RedmineTicketSource } from '../RedmineTicketSource';

/** The scope of an instance, with the projects that services name. */
export function scopeOf(...containers: string[]) {
  return { key: 'issues', containers };
}

/** A whole run. */
export async function readPages(
  source: RedmineTicketSource,
  options: {
    containers?: string[];
    cursor?: string;
    /** Called after each page. */
    onPage?: (page: TicketPage) => void;
  } = {},
): Promise<TicketPage[]> {
  const { containers = [], cursor, onPage } = options;
  const pages: TicketPage[] = [];
  for await (const page of source.changes(scopeOf(...containers), {
    cursor,
    signal: new AbortController().signal,
  })) {
    pages.push(page);
    onPage?.(page);
  }
  return pages;
}

/** The tickets of a whole run, by the number of their issue. */
export async function readTickets(
  ...args: Parameters<typeof readPages>
): Promise<Map<number, Ticket>> {
  const pages = await readPages(...args);
  return new Map(
    pages.flatMap(page =>
      page.tickets.map((ticket): [number, Ticket] => [
        Number(ticket.externalId),
        ticket,
      ]),
    ),
  );
}

/** What a whole reconcile names. */
export async function readExisting(
  source: RedmineTicketSource,
): Promise<string[]> {
  const ids: string[] = [];
  const { signal } = new AbortController();
  for await (const page of source.reconcile(scopeOf(), { signal })) {
    ids.push(...page);
  }
  return ids;
}

export async function verify(source: RedmineTicketSource): Promise<void> {
  await source.verify({ signal: new AbortController().signal });
}
