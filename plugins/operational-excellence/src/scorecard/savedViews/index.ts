export * from './SavedViewsButton';
