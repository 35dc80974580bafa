import type { OperationalExcellenceQuery } from '../../api';

/** The lists of tickets that one can choose from. */
export const TICKET_VIEWS = [
  'openImprovements',
  'doneImprovements',
  'allOpen',
] as const;

export type TicketView = (typeof TICKET_VIEWS)[number];

/**
 * What each asks the backend for. What waits is listed the longest-waiting
 * first, what is done the newest first.
 */
export const ticketQueries: Record<TicketView, OperationalExcellenceQuery> = {
  openImprovements: {
    class: 'improvement',
    state: 'not-done',
    sort: 'createdAt',
  },
  doneImprovements: { class: 'improvement', state: 'done', sort: '-closedAt' },
  allOpen: { class: 'all', state: 'not-done', sort: 'createdAt' },
};
