/**
 * Reads GitHub issues for the operational excellence plugin.
 *
 * @packageDocumentation
 */
export { operationalExcellenceModuleGithub as default } from './module';
