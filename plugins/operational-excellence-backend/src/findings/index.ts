export * from './createFindings';
export * from './Findings';
export * from './FindingLinks';
export * from './FindingStore';
export * from './queries';
