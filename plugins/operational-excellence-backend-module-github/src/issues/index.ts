export * from './hintedIssues';
export * from './toTicket';
export * from './walkIssues';
