export * from './calendar';
export * from './createExercises';
export * from './Exercises';
export * from './ExerciseService';
export { exerciseImportSchema } from './imports';
