import {
  historyQuerySchema,
  moversQuerySchema,
  operationalExcellenceServiceReadPermission as serviceRead,
} from 'backstage-plugin-operational-excellence-common';
import { noSuchService, Operation } from './Operation';

/** What can be asked of how services and groups stood before. */
export const historyOperations: Operation[] = [
  {
    id: 'getHistory',
    method: 'get',
    path: '/history',
    tag: 'History',
    summary:
      'How a service or a group of them stood, day by day; groups only for callers who may see all services',
    permission: serviceRead.name,
    onlyVisible: true,
    query: historyQuerySchema,
    answer: {
      status: 200,
      description: 'A point for each day on which points were taken',
      component: 'History',
    },
    notFound: noSuchService,
  },
  {
    id: 'getMovers',
    method: 'get',
    path: '/history/movers',
    tag: 'History',
    summary:
      'What changed the most; groups only for callers who may see all services',
    permission: serviceRead.name,
    onlyVisible: true,
    query: moversQuerySchema,
    answer: {
      status: 200,
      description: 'The most improved, and the worst drops',
      component: 'Movers',
    },
  },
];
