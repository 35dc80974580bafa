export * from './databases';
export * from './tickets';
