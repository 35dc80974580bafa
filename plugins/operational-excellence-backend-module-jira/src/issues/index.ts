export * from './ScopeReader';
export * from './StatusCategories';
export * from './toTicket';
