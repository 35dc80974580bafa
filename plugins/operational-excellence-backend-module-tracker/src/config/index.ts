export * from './TrackerConfig';
