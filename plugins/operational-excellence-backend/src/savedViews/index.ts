export * from './createSavedViews';
export * from './SavedViews';
export { OWN_MAX, SavedViewService, SHARED_MAX } from './SavedViewService';
