export * from './checkDefinition';
export * from './shapes';
export * from './TemplateService';
export * from './TemplateStore';
export * from './views';
