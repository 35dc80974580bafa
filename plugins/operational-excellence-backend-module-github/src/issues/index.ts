export * from './cursor';
export * from './instants';
export * from './IssueWalk';
export * from './toTicket';
