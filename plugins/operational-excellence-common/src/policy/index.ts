export * from './policy';
export * from './selectPolicy';
