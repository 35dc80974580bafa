export * from './GroupTable';
export * from './heat';
export * from './useGroups';
