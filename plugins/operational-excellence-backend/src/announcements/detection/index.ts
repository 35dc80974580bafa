export * from './Detection';
export * from './DueRetests';
export * from './EndingWaivers';
export * from './ImprovementSweep';
export * from './MeasureChanges';
export * from './InitiativeReminders';
export * from './MissedExercises';
