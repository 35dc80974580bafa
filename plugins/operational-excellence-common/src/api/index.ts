export * from './environments';
export * from './exercises';
export * from './experiments';
export * from './findings';
export * from './guardrails';
export * from './history';
export * from './improvements';
export * from './initiatives';
export * from './imports';
export * from './lists';
export * from './policies';
export * from './readiness';
export * from './rollups';
export * from './savedViews';
export * from './services';
export * from './servicesCsv';
export * from './sources';
export {
  evidenceSchema,
  RECORD_TEXT_MAX,
  recordVersionSchema,
  submissionKeySchema,
  webAddressSchema,
} from './text';
export type { Evidence } from './text';
export * from './tickets';
export * from './time';
export * from './waivers';
