export * from './FisApi';
export * from './partitions';
export { idSchema } from './shapes';
export type {
  FisExperiment,
  FisExperimentSummary,
  FisTemplate,
  FisTemplateDetail,
} from './shapes';
