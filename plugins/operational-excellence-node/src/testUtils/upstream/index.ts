export * as behaviours from './behaviours';
export type { Behaviour, ReceivedRequest } from './behaviours';
export * from './MisbehavingUpstream';
export * from './passOn';
