export { operationalExcellenceTranslationRef } from './translationRef';
export { useTexts } from './useTexts';
export type { TextFunction, TextKey } from './useTexts';
