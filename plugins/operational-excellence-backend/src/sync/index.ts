export * from './ScopeClaims';
export * from './ScopeRegistry';
export * from './SourceVerifier';
export * from './SyncEngine';
export * from './SyncRequests';
export * from './SyncRequestQueue';
export * from './createSyncEngine';
