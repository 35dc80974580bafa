export * from './ExerciseEntry';
export * from './GameDays';
export * from './links';
export * from './PlanGameDayLink';
export * from './useEntryStyles';
export * from './useMayManage';
export * from './words';
