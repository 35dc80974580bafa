export * from './seedExercises';
export * from './seedInitiatives';
export * from './seedRecords';
