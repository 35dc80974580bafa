export * from './createEvaluations';
export * from './Evaluations';
export * from './EvaluationStore';
