export * from './readRedmineSourcesConfig';
