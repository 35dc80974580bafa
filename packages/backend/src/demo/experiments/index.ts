export * from './FisEndpoint';
export * from './seedExperiments';
export * from './showExperiments';
