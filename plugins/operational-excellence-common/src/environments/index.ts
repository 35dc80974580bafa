export * from './environmentStage';
