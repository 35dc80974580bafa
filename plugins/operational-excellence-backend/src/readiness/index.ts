export * from './createReadiness';
export * from './imports';
export * from './Readiness';
export * from './ReadinessTestService';
export * from './ReadinessTestStore';
export type { TemplateRefresh } from './templates';
