export * from './CatalogEntities';
