export * from './AnswerBook';
export * from './AnswerEdit';
export * from './keptEdits';
export * from './useAnswerBook';
