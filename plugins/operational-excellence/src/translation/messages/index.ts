export { drafts } from './drafts';
export { environments } from './environments';
export { exercises } from './exercises';
export { findings } from './findings';
export { guardrails } from './guardrails';
export { readinessRuns } from './readinessRuns';
export { time } from './time';
export { waivers } from './waivers';
