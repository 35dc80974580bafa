export * from './events';
export * from './experiments';
export * from './services';
export * from './tickets';
