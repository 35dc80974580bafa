export * from './router';
export * from './readers';
