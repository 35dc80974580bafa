export * from './hostRule';
export * from './projectSlug';
