/**
 * Reads and files Redmine issues for the operational excellence plugin.
 *
 * @packageDocumentation
 */
export { operationalExcellenceModuleRedmine as default } from './module';
