import { Instant } from 'backstage-plugin-operational-excellence-common';
import { NewTicket, TicketEvent, TrackerTicket } from './TrackerTicket';

/** A ticket that has a past, to be imported. */
export interface PastTicket extends NewTicket {
  /** Its name where it comes from; imported once. */
  externalKey: string;
  createdAt: Instant;
  /** When the work that is under way, or that was done, began. */
  startedAt: Instant | null;
  closedAt: Instant | null;
  /** The times it was closed and came back, oldest first. */
  reopenings: { closedAt: Instant; reopenedAt: Instant }[];
}

interface Step {
  name: string;
  at: Instant;
}

function stepsOf(ticket: PastTicket): Step[] {
  const { createdAt, startedAt, closedAt, reopenings } = ticket;
  return [
    { name: 'createdAt', at: createdAt },
    ...reopenings.flatMap((reopening, index) => [
      { name: `reopenings[${index}].closedAt`, at: reopening.closedAt },
      { name: `reopenings[${index}].reopenedAt`, at: reopening.reopenedAt },
    ]),
    ...(startedAt === null ? [] : [{ name: 'startedAt', at: startedAt }]),
    ...(closedAt === null ? [] : [{ name: 'closedAt', at: closedAt }]),
  ];
}

/** What is wrong with the instants of a ticket, if anything is. */
export function problemOfPast(
  ticket: PastTicket,
  now: Instant,
): string | undefined {
  const steps = stepsOf(ticket);
  const future = steps.find(({ at }) => at > now);
  if (future) return `${future.name} lies in the future`;
  const early = steps.findIndex(
    ({ at }, index) => index > 0 && at < steps[index - 1].at,
  );
  return early < 0
    ? undefined
    : `${steps[early].name} lies before ${steps[early - 1].name}`;
}

/** Where the past leaves a ticket. */
export function progressOfPast(
  ticket: PastTicket,
): Pick<TrackerTicket, 'state' | 'startedAt' | 'closedAt' | 'updatedAt'> {
  const { startedAt, closedAt } = ticket;
  const openState = startedAt === null ? 'open' : 'in-progress';
  return {
    state: closedAt === null ? openState : 'done',
    startedAt,
    closedAt,
    updatedAt: Math.max(...stepsOf(ticket).map(({ at }) => at)),
  };
}

/** The story of a ticket, as far as its instants tell it. */
export function eventsOfPast(ticket: PastTicket, by: string): TicketEvent[] {
  const event = (kind: TicketEvent['kind'], at: Instant) => ({
    kind,
    at,
    by,
    fields: [],
  });
  return [
    event('imported', ticket.createdAt),
    ...ticket.reopenings.flatMap(({ closedAt, reopenedAt }) => [
      event('closed', closedAt),
      event('reopened', reopenedAt),
    ]),
    ...(ticket.startedAt === null ? [] : [event('started', ticket.startedAt)]),
    ...(ticket.closedAt === null ? [] : [event('closed', ticket.closedAt)]),
  ];
}
