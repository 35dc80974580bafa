export * from './FisApi';
export * from './partitions';
export type {
  FisExperiment,
  FisExperimentSummary,
  FisTemplate,
} from './shapes';
