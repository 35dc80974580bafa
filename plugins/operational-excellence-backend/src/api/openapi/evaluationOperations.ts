import { operationalExcellenceImprovementEvaluatePermission as improvementEvaluate } from 'backstage-plugin-operational-excellence-common';
import { noSuchImprovement } from './improvementOperations';
import { Operation } from './Operation';

/** What can be asked to judge improvements. */
export const evaluationOperations: Operation[] = [
  {
    id: 'evaluateImprovement',
    method: 'post',
    path: '/improvements/{id}/evaluation',
    tag: 'Improvements',
    summary: 'Judge whether an improvement that is done reached its goal',
    permission: improvementEvaluate.name,
    onlyVisible: true,
    body: 'EvaluationRequest',
    isBodyRequired: true,
    answer: {
      status: 201,
      description:
        'The improvement with its evaluation. Where the goal was not met and still is a priority, an alternative is to be submitted with its id as `alternativeTo`',
      component: 'ImprovementDetail',
    },
    notFound: noSuchImprovement,
    conflict:
      'The improvement is not done, or what is done was evaluated already; the message says where it stands',
  },
];
