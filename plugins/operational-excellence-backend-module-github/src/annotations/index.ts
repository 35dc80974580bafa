export * from './hostRule';
export * from './projectSlug';
export * from './suggestedSlugs';
