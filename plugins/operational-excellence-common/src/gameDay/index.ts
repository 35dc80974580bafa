export * from './gameDay';
