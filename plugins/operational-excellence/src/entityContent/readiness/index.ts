export * from './ReadinessSection';
