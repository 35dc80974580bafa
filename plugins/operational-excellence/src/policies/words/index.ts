export * from './PolicyEntry';
