export * from './ExerciseImport';
export * from './exerciseImportSchema';
