export * from './ImportEntries';
export * from './readImport';
