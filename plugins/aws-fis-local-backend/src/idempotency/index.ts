export * from './requestHash';
