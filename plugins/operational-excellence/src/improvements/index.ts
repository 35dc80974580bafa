export * from './FileForServiceButton';
export * from './FileImprovementButton';
export * from './ImprovementPrefill';
export * from './ImprovementService';
export * from './LazyFileImprovementDialog';
export * from './serviceChanges';
export * from './useFileImprovementContextMenu';
export * from './useFileImprovementMenuItem';
