export * from './hintedRefs';
export * from './toTicket';
