/**
 * Reads and files Jira issues for the operational excellence plugin.
 *
 * @packageDocumentation
 */
export { jiraFeatures as default } from './jiraFeatures';
export {
  eventsModuleOperationalExcellenceJira,
  operationalExcellenceModuleJira,
} from './module';
