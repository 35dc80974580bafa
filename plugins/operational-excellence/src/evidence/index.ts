export * from './EvidenceDraft';
export * from './EvidenceFields';
export * from './evidenceProblems';
