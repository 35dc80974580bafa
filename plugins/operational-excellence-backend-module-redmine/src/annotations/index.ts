export * from './projectAnnotation';
