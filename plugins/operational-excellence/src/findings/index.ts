export * from './FindingsOfExercise';
export * from './ServiceFindings';
export * from './words';
