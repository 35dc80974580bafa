import type { TicketItem } from 'backstage-plugin-operational-excellence-common';
import type { TicketView } from './ticketViews';

/** Tickets to be listed; all of their text comes from outside. */
export interface TicketsProps {
  tickets: TicketItem[];
  view: TicketView;
  now: number;
}

/** Whether to say what is an improvement, among others that are none. */
export const marksImprovements = (view: TicketView) => view === 'allOpen';
