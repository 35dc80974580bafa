export * from './course';
export * from './ExperimentService';
export * from './ExperimentStore';
export * from './requests';
export * from './states';
export * from './views';
