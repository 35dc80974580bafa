/**
 * Extension points, source contracts and the upstream HTTP client for modules
 * of the operational excellence plugin.
 *
 * @packageDocumentation
 */
export * from './extensions';
export * from './sources';
export * from './upstream';
