export * from './errorText';
export * from './LoadFailure';
export * from './ReadableErrors';
