export * from './useLoadable';
export * from './usePolling';
