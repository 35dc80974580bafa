export * from './entityQuery';
export * from './keys';
export * from './namedFacets';
export * from './namedProjects';
