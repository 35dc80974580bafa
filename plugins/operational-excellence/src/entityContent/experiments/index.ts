export * from './ExperimentsSection';
