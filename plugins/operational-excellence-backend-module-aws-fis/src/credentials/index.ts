export * from './CachedCredentials';
export * from './findCredentials';
