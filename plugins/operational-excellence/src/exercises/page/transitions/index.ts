export * from './CancelDialog';
export * from './HoldDialog';
export * from './StartDialog';
