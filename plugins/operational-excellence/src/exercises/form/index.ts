export * from './CreatePage';
export * from './EditPage';
