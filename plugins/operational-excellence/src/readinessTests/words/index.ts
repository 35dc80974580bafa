export * from './AnswerLabel';
export * from './ItemMarks';
export * from './TestStateLabel';
