export * from './createInitiatives';
export * from './Initiatives';
export * from './initiativeScope';
export * from './InitiativeService';
export * from './standingSql';
