export type { Lacks } from './capabilities';
export type { EventCapability, EventsOfUpstream } from './events';
export * from './experimentSourceContract';
export * from './ExperimentUpstreamDriver';
export type { FailingUpstream, UpstreamFailure } from './failures';
export * from './ticketSourceContract';
export * from './TicketUpstreamDriver';
