export * from './SearchField';
export * from './searchMaxLength';
