export * from './issueEvents';
