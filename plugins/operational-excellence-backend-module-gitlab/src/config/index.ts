export * from './readGitlabSourcesConfig';
