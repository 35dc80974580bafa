import { arnOf } from '../database';
import { Template } from './TemplateStore';

/** Timestamps of the API are seconds with fractions. */
export const toEpochSeconds = (instant: number): number => instant / 1000;

/** `ExperimentTemplate` of the API reference. */
export function templateView(template: Template) {
  const { experimentOptions, ...definition } = template.definition;
  return {
    id: template.id,
    arn: arnOf(template, 'experiment-template', template.id),
    ...definition,
    targets: definition.targets ?? {},
    experimentOptions: {
      accountTargeting: 'single-account',
      emptyTargetResolutionMode: 'fail',
      ...experimentOptions,
    },
    targetAccountConfigurationsCount: 0,
    creationTime: toEpochSeconds(template.createdAt),
    lastUpdateTime: toEpochSeconds(template.updatedAt),
    tags: template.tags,
  };
}

/** `ExperimentTemplateSummary` of the API reference. */
export function templateSummary(template: Template) {
  return {
    id: template.id,
    arn: arnOf(template, 'experiment-template', template.id),
    description: template.definition.description,
    creationTime: toEpochSeconds(template.createdAt),
    lastUpdateTime: toEpochSeconds(template.updatedAt),
    tags: template.tags,
  };
}
