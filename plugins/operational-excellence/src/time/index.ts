export * from './ages';
export * from './Moment';
export * from './useNow';
export * from './useTimeWords';
