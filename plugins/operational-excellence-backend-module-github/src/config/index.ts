export * from './readGithubSourcesConfig';
