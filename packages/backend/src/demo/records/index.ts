export * from './seedRecords';
