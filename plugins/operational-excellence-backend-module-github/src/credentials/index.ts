export * from './GithubCredentials';
