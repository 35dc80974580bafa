export * from './applyingItems';
export * from './difference';
export * from './readiness';
export * from './templateFile';
export * from './verdict';
