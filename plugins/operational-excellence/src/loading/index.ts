export * from './useLoadable';
