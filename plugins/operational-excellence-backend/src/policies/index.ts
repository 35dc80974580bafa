export * from './createPolicyPreviews';
export * from './PolicyPreviews';
