export * from './ScopeGroups';
export * from './StatusUpdater';
