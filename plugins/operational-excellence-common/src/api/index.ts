export * from './experiments';
export * from './improvements';
export * from './lists';
export * from './services';
export * from './sources';
export * from './tickets';
export * from './time';
export * from './waivers';
