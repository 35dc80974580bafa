export * from './LoadMore';
export * from './usePages';
