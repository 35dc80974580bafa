import {
  operationalExcellenceServiceReadPermission as serviceRead,
  timeQuerySchema,
} from 'backstage-plugin-operational-excellence-common';
import { noSuchService, Operation } from './Operation';

/** What can be asked of how services spend their time. */
export const timeOperations: Operation[] = [
  {
    id: 'getServiceTime',
    method: 'get',
    path: '/services/{kind}/{namespace}/{name}/time',
    tag: 'Time',
    summary: 'What of the time of a service goes to improvements',
    permission: serviceRead.name,
    onlyVisible: true,
    answer: {
      status: 200,
      description: 'The report of the service',
      component: 'TimeReport',
    },
    notFound: noSuchService,
  },
  {
    id: 'getOwnerTime',
    method: 'get',
    path: '/time',
    tag: 'Time',
    summary:
      'What of the time of all services of an owner goes to improvements',
    permission: serviceRead.name,
    onlyVisible: true,
    query: timeQuerySchema,
    answer: {
      status: 200,
      description:
        'The report of all of the services together; a ticket of several counts once',
      component: 'TimeReport',
    },
    notFound:
      'The owner owns no service that the caller may see in the catalog',
  },
];
