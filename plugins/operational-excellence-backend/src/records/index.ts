export * from './AwaitedRecords';
export * from './Records';
