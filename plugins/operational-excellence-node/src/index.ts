/**
 * Extension points, source contracts and the upstream HTTP client for modules
 * of the operational excellence plugin.
 *
 * @packageDocumentation
 */
export * from './config';
export * from './extensions';
export * from './permissions';
export * from './sources';
export * from './tickets';
export * from './upstream';
