export * from './seedExercises';
export * from './seedRecords';
