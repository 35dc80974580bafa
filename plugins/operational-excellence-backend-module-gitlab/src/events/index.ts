export * from './createTokenValidator';
export * from './GitlabEvents';
