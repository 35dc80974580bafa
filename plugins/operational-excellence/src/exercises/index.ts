export * from './ExerciseEntry';
export * from './GameDays';
export * from './links';
export * from './useMayManage';
export * from './words';
