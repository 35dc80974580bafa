export * from './filterKeys';
export * from './InitiativeStateLabel';
export * from './ProgressBar';
export * from './useDueWords';
export * from './useFilterWords';
export * from './useGoalWords';
export * from './useProgressWords';
