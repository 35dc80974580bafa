export * from './measureFacts';
export * from './readCountedTickets';
export * from './ScopeGroups';
export * from './stateSql';
export * from './statusRows';
export * from './StatusUpdater';
export * from './unsettled';
