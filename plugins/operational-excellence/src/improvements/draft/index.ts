export * from './ImprovementDraft';
export * from './newSubmissionKey';
export * from './useDraft';
export * from './draftProblems';
export * from './submissionOf';
