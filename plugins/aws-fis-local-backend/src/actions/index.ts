export * from './actionDuration';
export * from './catalog';
export * from './views';
