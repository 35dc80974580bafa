export * from './ReadinessTestService';
export * from './ReadinessTestStore';
