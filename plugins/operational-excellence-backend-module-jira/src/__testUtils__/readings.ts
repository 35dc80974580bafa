import {
  HintedTickets,
  Ticket,
  TicketPage,
  TicketSource,
  TicketSyncScope,
} from 'backstage-plugin-operational-excellence-node';

export const never = new AbortController().signal;

/** A whole run. */
export async function readPages(
  source: TicketSource,
  scope: TicketSyncScope,
  cursor?: string,
): Promise<TicketPage[]> {
  const pages: TicketPage[] = [];
  for await (const page of source.changes(scope, { cursor, signal: never })) {
    pages.push(page);
  }
  return pages;
}

/** The tickets of some pages, by key. */
export function byKey(pages: TicketPage[]): Map<string, Ticket> {
  return new Map(
    pages.flatMap(page => page.tickets).map(ticket => [ticket.key, ticket]),
  );
}

/** What a whole reconcile names. */
export async function readExisting(
  source: TicketSource,
  scope: TicketSyncScope,
): Promise<string[]> {
  const ids: string[] = [];
  for await (const page of source.reconcile!(scope, { signal: never })) {
    ids.push(...page);
  }
  return ids;
}

export async function readHinted(
  source: TicketSource,
  scope: TicketSyncScope,
  refs: string[],
): Promise<HintedTickets[]> {
  const pieces: HintedTickets[] = [];
  for await (const piece of source.readHinted!(scope, {
    refs,
    signal: never,
  })) {
    pieces.push(piece);
  }
  return pieces;
}
