export * from './searchCondition';
export * from './searchText';
