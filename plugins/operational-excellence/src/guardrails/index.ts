export { ServiceGuardrails } from './ServiceGuardrails';
export { stopConditions } from './stopConditions';
export { UnguardedRuns } from './UnguardedRuns';
