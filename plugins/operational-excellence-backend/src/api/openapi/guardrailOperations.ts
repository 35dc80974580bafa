import {
  experimentTemplateQuerySchema,
  operationalExcellenceServiceReadPermission as serviceRead,
} from 'backstage-plugin-operational-excellence-common';
import { Operation } from './Operation';

/** What can be asked of what limits the harm of experiments. */
export const guardrailOperations: Operation[] = [
  {
    id: 'listExperimentTemplates',
    method: 'get',
    path: '/experiment-templates',
    tag: 'Experiments',
    summary:
      'List the templates of experiments with their guardrails, by title',
    permission: serviceRead.name,
    onlyVisible: true,
    query: experimentTemplateQuerySchema,
    answer: {
      status: 200,
      description: 'One page of templates',
      component: 'ExperimentTemplatePage',
    },
  },
  {
    id: 'listSafetyLevers',
    method: 'get',
    path: '/safety-levers',
    tag: 'Experiments',
    summary: 'The safety levers of the connected accounts and Regions',
    permission: serviceRead.name,
    answer: {
      status: 200,
      description: 'Those that were looked at so far',
      component: 'SafetyLeverList',
    },
  },
];
