export * from './GroupTable';
export * from './heat';
export * from './useGroups';
export * from './useGroupTitle';
