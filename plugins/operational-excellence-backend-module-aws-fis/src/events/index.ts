export * from './experimentEvents';
