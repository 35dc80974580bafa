export * from './ExperimentPass';
export * from './ExperimentPlace';
export * from './hintedExperiments';
