export * from './ReadinessImport';
export * from './readinessImportEntry';
