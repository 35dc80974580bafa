export * from './createUpstreamClient';
export * from './UpstreamClient';
export * from './UpstreamError';
