export * from './FindingsOfExercise';
export * from './OpenFindings';
export * from './ServiceFindings';
export * from './words';
