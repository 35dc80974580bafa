export * from './servicePermissionResource';
