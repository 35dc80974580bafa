export * from './ExperimentPass';
export * from './toExperiment';
