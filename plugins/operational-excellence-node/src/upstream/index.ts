export * from './UpstreamClient';
export * from './UpstreamError';
