export * from './RetestDialog';
