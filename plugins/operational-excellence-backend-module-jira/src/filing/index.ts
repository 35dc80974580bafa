export * from './IssueFiling';
