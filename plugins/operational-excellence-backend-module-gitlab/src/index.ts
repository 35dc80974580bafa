/**
 * Reads GitLab issues for the operational excellence plugin.
 *
 * @packageDocumentation
 */
export {
  eventsModuleOperationalExcellenceGitlab,
  operationalExcellenceGitlabFeatures as default,
  operationalExcellenceModuleGitlab,
} from './module';
