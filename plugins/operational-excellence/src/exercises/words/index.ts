export * from './ExerciseStageLabel';
export * from './OutcomeLabel';
export * from './spans';
export * from './UnguardedLabel';
export * from './Who';
