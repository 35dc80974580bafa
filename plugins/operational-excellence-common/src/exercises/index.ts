export * from './approvals';
export * from './exerciseStage';
export * from './exerciseTag';
export * from './exerciseTimes';
export * from './exerciseWindow';
