export * from './improvementStage';
