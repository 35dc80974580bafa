export type * from './records';
export * from './RedmineServer';
export * from './RedmineStore';
