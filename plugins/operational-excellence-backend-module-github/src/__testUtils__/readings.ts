import {
  Ticket,
  TicketPage,
} from 'backstage-plugin-operational-excellence-node';
import { GithubTicketSource } from '../GithubTicketSource';

/** The scope of a repository. */
export function scopeOf(key: string) {
  return { key, containers: [key] };
}

/** A whole run. */
export async function readPages(
  source: GithubTicketSource,
  options: { key?: string; cursor?: string; signal?: AbortSignal } = {},
): Promise<TicketPage[]> {
  const pages: TicketPage[] = [];
  const { key = 'acme/payments', cursor, signal } = options;
  for await (const page of source.changes(scopeOf(key), {
    cursor,
    signal: signal ?? new AbortController().signal,
  })) {
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
  source: GithubTicketSource,
  key = 'acme/payments',
): Promise<string[]> {
  const ids: string[] = [];
  const { signal } = new AbortController();
  for await (const page of source.reconcile(scopeOf(key), { signal })) {
    ids.push(...page);
  }
  return ids;
}
