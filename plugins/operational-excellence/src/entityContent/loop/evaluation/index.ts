export * from './EvaluationDialog';
