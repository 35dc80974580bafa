export { FAULTS, type Fault } from './faults';
export type { FaultSubject, Reading } from './FaultSubject';
export type { FaultContext, Misbehaviour } from './misbehaviours';
export { randomBySeed } from './random';
export { runFault, type FaultOutcome } from './runFault';
export type { When } from './schedules';
export type { Truth } from './TruthLog';
export type { Row, UpstreamProtocol } from './UpstreamProtocol';
