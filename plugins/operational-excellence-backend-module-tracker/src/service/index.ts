export * from './AuthorizedTrackerService';
export * from './StoredTrackerService';
export * from './TrackerService';
