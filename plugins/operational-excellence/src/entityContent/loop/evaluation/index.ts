export * from './EvaluationDialog';
export * from './EvaluationDraft';
