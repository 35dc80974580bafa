export * from './list';
export * from './section';
