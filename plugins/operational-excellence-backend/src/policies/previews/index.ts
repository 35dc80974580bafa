export * from './PreviewRunner';
export * from './PreviewStore';
export * from './removePreviews';
export * from './SelectedPolicies';
export * from './UpcomingPreviews';
