export * from './cursor';
export * from './hintedRefs';
export * from './instants';
export * from './IssueWalk';
export * from './toTicket';
