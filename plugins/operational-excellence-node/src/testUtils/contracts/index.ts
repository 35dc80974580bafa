export type { Lacks } from './capabilities';
export * from './experimentSourceContract';
export * from './ExperimentUpstreamDriver';
export type { FailingUpstream, UpstreamFailure } from './failures';
export * from './ticketSourceContract';
export * from './TicketUpstreamDriver';
