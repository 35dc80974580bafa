export * from './CredentialsCheck';
export * from './GithubApi';
export * from './GithubCaller';
export * from './issueSchema';
export * from './nextQuery';
export * from './rateLimits';
