export * from './ReadinessTests';
