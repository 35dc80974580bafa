/**
 * The built-in tracker of the operational excellence plugin.
 *
 * @packageDocumentation
 */
export { trackerModule as default } from './module';
