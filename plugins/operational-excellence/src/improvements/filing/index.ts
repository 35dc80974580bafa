export * from './SentElsewhere';
export * from './submit';
export * from './useFiling';
