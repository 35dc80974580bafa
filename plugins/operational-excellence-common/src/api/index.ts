export * from './experiments';
export * from './lists';
export * from './services';
export * from './sources';
export * from './tickets';
