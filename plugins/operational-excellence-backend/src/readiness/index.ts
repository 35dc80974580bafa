export * from './createReadiness';
export * from './imports';
export * from './Readiness';
export * from './ReadinessTestService';
export * from './ReadinessTestStore';
export type { RunRecorder } from './runs';
export type { TemplateRefresh } from './templates';
