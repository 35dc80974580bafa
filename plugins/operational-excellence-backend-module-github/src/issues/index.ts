export * from './cursor';
export * from './hintedIssues';
export * from './instants';
export * from './IssueWalk';
export * from './toTicket';
