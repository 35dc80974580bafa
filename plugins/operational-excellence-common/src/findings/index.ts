export * from './findingStage';
export * from './retestBy';
