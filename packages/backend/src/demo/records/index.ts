export * from './seedExercises';
export * from './seedHistory';
export * from './seedInitiatives';
export * from './seedRecords';
