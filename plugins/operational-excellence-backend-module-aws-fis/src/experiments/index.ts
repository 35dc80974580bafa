export { entityRefsOf } from './entityRefs';
export * from './ExperimentPass';
export * from './ExperimentPlace';
export * from './hintedExperiments';
export { isLogged } from './toExperiment';
