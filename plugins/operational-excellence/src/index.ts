/**
 * Improvement backlog age, game days and operational readiness of every service:
 * a card and a tab for entity pages, and an org-wide page.
 *
 * @packageDocumentation
 */
export { default } from './plugin';
export * from './api';
export * from './classic';
export { operationalExcellenceTranslationRef } from './translation';
