export * from './readAwsFisSourcesConfig';
