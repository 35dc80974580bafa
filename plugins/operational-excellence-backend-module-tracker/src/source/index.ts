export * from './TrackerSource';
