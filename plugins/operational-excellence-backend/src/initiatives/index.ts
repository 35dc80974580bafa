export * from './createInitiatives';
export * from './Initiatives';
export * from './InitiativeService';
