export * from './errorText';
export * from './LoadFailure';
