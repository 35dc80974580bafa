/**
 * Reads AWS FIS experiments for the operational excellence plugin.
 *
 * @packageDocumentation
 */
export { operationalExcellenceModuleAwsFis as default } from './module';
