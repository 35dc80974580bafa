export * from './FindingDialog';
