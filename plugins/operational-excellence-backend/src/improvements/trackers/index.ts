export * from './ServiceTrackers';
