export * from './HeritageTracker';
