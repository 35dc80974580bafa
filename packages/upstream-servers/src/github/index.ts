export * from './GithubServer';
