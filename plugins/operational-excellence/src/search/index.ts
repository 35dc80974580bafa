export * from './CheckedFilter';
export * from './SearchField';
export * from './searchMaxLength';
