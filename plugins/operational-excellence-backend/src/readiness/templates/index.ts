export * from './builtInFiles';
export * from './parseTemplate';
export * from './TemplateQueries';
export * from './TemplateRefresh';
export * from './templateRows';
export * from './templateSources';
export * from './TemplateStore';
