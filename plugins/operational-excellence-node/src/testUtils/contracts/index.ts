export type { Lacks } from './capabilities';
export type { FailingUpstream, UpstreamFailure } from './failures';
export * from './ticketSourceContract';
export * from './TicketUpstreamDriver';
