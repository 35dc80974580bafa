export * from './TagService';
