export * from './experiments';
export * from './services';
export * from './tickets';
