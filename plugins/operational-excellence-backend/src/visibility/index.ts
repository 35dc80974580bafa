export * from './Visibility';
export * from './VisibilityService';
