export * from './Allowance';
export * from './AllowedButton';
export * from './useAllowance';
export * from './usePortalAllowance';
