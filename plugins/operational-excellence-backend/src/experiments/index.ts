export * from './ExperimentStore';
export * from './lookups';
