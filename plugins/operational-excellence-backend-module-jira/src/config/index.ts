export * from './readJiraSourcesConfig';
