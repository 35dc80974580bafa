export * from './IssueFiler';
