import type { TicketItem } from 'backstage-plugin-operational-excellence-common';
import { daysAgo } from './instants';

/** A ticket, an open improvement unless told otherwise. */
export function ticket(
  number: number,
  overrides: Partial<TicketItem> = {},
): TicketItem {
  return {
    id: `ticket-${number}`,
    sourceId: 'github:github.com',
    key: `acme/payments#${number}`,
    url: `https://github.com/acme/payments/issues/${number}`,
    title: `Improvement ${number}`,
    state: 'open',
    improvement: true,
    createdAt: daysAgo(400 - number),
    startedAt: null,
    closedAt: null,
    updatedAt: daysAgo(10),
    labels: ['improvement'],
    priority: null,
    assignee: null,
    ...overrides,
  };
}

/** That many open improvements, the oldest first. */
export function tickets(count: number): TicketItem[] {
  return Array.from({ length: count }, (_, index) => ticket(index + 1));
}

/** What somebody outside may have written to do harm. */
export const HOSTILE_TITLE =
  '<img src=x onerror="window.hacked = true"> {{count}} $t(title)';

/** The scheme of an address that would run code. */
const SCRIPT = 'javascript';

/** A ticket with a title and a link that must do no harm. */
export function hostileTicket(): TicketItem {
  return ticket(666, {
    key: 'acme/payments#666',
    title: HOSTILE_TITLE,
    url: `${SCRIPT}:window.hacked = true`,
    assignee: '<b>mallory</b>',
    createdAt: daysAgo(500),
  });
}
