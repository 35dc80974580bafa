export * from './ImprovementForm';
export * from './ServiceField';
