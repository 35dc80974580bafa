import {
  HintedTickets,
  Ticket,
  TicketPage,
} from 'backstage-plugin-operational-excellence-node';
import { GitlabTicketSource } from '../GitlabTicketSource';

/** The scope of a project or group. */
export function scopeOf(key: string) {
  return { key, containers: [key] };
}

/** A service with annotations. */
export function serviceWith(annotations: Record<string, string>) {
  return {
    entityRef: 'component:default/payments',
    title: 'Payments',
    annotations,
  };
}

/** A whole run. */
export async function readPages(
  source: GitlabTicketSource,
  options: { key?: string; cursor?: string } = {},
): Promise<TicketPage[]> {
  const pages: TicketPage[] = [];
  const { key = 'acme/payments', cursor } = options;
  const { signal } = new AbortController();
  for await (const page of source.changes(scopeOf(key), { cursor, signal })) {
    pages.push(page);
  }
  return pages;
}

/** The tickets of a whole run. */
export async function readTickets(
  ...args: Parameters<typeof readPages>
): Promise<Ticket[]> {
  return (await readPages(...args)).flatMap(page => page.tickets);
}

/** What a whole reconcile names. */
export async function readExisting(
  source: GitlabTicketSource,
  key = 'acme/payments',
): Promise<string[]> {
  const ids: string[] = [];
  const { signal } = new AbortController();
  for await (const page of source.reconcile(scopeOf(key), { signal })) {
    ids.push(...page);
  }
  return ids;
}

/** What refs lead to. */
export async function readHinted(
  source: GitlabTicketSource,
  refs: string[],
  key = 'acme/payments',
): Promise<HintedTickets[]> {
  const pieces: HintedTickets[] = [];
  const { signal } = new AbortController();
  for await (const piece of source.readHinted(scopeOf(key), { refs, signal })) {
    pieces.push(piece);
  }
  return pieces;
}
