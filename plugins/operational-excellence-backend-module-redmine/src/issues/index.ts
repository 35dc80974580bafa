export * from './ChangesRun';
export * from './containers';
export * from './cursor';
export * from './customFields';
export * from './StatusDirectory';
export * from './toTicket';
export * from './walkIssues';
