export * from './DemoEntityProvider';
export * from './demoCatalogModule';
export * from './demoEntities';
