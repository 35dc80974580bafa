import {
  operationalExcellenceServiceReadPermission as serviceRead,
  rollupQuerySchema,
} from 'backstage-plugin-operational-excellence-common';
import { Operation } from './Operation';

/** What can be asked of groups of services. */
export const rollupOperations: Operation[] = [
  {
    id: 'listRollups',
    method: 'get',
    path: '/rollups',
    tag: 'Services',
    summary: 'What the services of each owner, system, … sum up to',
    permission: serviceRead.name,
    onlyVisible: true,
    query: rollupQuerySchema,
    answer: {
      status: 200,
      description:
        'One page of groups; a service of several owners, or of nested groups, counts in each of them',
      component: 'RollupPage',
    },
  },
];
