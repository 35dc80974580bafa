export * from './FisEndpoint';
export * from './seedExperiments';
