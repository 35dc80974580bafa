export * from './CredentialsCheck';
export * from './GitlabApi';
export * from './nextQuery';
export * from './rateLimits';
export * from './schemas';
