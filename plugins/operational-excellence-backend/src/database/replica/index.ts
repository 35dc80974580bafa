export * from './createReadDatabase';
export * from './ReadDatabase';
