export * from './weeks';
