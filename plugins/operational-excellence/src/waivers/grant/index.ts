export * from './GrantDialog';
