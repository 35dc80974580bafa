export * from './measures';
export * from './measureState';
