export * from './issueEvents';
export * from './signatureValidator';
