import { ConflictError } from '@backstage/errors';
import { Instant } from 'backstage-plugin-operational-excellence-common';
import { TicketEventKind, TrackerTicket, ticketKey } from './TrackerTicket';

export type Transition = 'start' | 'close' | 'reopen';

type Progress = Pick<TrackerTicket, 'state' | 'startedAt' | 'closedAt'>;

/** What a transition makes of a ticket. */
export interface TransitionResult {
  progress: Progress;
  event: TicketEventKind;
}

/**
 * The ticket's progress after a transition. Reopening puts it back among those
 * that wait: work begins anew with the next start.
 *
 * @throws ConflictError where the ticket's state does not allow it
 */
export function transitionTicket(
  ticket: Progress & Pick<TrackerTicket, 'id'>,
  transition: Transition,
  now: Instant,
): TransitionResult {
  const { state, startedAt } = ticket;
  switch (transition) {
    case 'start':
      if (state !== 'open') throw impossible(ticket, 'started', 'open');
      return {
        progress: { state: 'in-progress', startedAt: now, closedAt: null },
        event: 'started',
      };
    case 'close':
      if (state === 'done') {
        throw impossible(ticket, 'closed', 'open or in progress');
      }
      return {
        progress: { state: 'done', startedAt, closedAt: now },
        event: 'closed',
      };
    case 'reopen':
      if (state !== 'done') throw impossible(ticket, 'reopened', 'done');
      return {
        progress: { state: 'open', startedAt: null, closedAt: null },
        event: 'reopened',
      };
    default:
      throw new TypeError(`Unknown transition ${transition satisfies never}`);
  }
}

function impossible(
  ticket: Pick<TrackerTicket, 'id' | 'state'>,
  participle: string,
  needed: string,
) {
  return new ConflictError(
    `${ticketKey(ticket.id)} is ${
      ticket.state
    }; only a ticket that is ${needed} can be ${participle}`,
  );
}
